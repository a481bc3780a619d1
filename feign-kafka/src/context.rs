//! What librdkafka calls back: deliveries, its log, its errors, its statistics.

use std::sync::{Mutex, PoisonError};

use feign_core::publish::{Acknowledge, Error, Permit, Receipt};
use rdkafka::ClientContext;
use rdkafka::bindings::{rd_kafka_message_status, rd_kafka_msg_status_t};
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::KafkaError;
use rdkafka::message::{BorrowedMessage, Message as _};
use rdkafka::producer::{DeliveryResult, ProducerContext};

use crate::error;

#[derive(Debug, Default)]
pub(crate) struct Context {
    /// The last error of a connection, for whoever waits for one.
    last: Mutex<Option<String>>,
}

/// Travels with a message; dropping it gives the place in the line back.
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) acknowledge: Acknowledge,
    pub(crate) permit: Permit,
}

impl Context {
    pub(crate) fn last_error(&self) -> Option<String> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl ProducerContext for Context {
    type DeliveryOpaque = Box<Delivery>;

    fn delivery(&self, result: &DeliveryResult<'_>, delivery: Box<Delivery>) {
        let Delivery { acknowledge, permit } = *delivery;
        let outcome = match result {
            Ok(message) => Ok(receipt(message)),
            Err((error, message)) => Err(failure(error, message)),
        };
        // First the place, so that one who was answered finds it free.
        drop(permit);
        acknowledge.settle(outcome);
    }
}

pub(crate) fn receipt(message: &BorrowedMessage<'_>) -> Receipt {
    let mut receipt = Receipt::default();
    receipt.partition = Some(message.partition());
    // Known to be written, but not where: a repeated send that the broker recognised.
    receipt.offset = Some(message.offset()).filter(|offset| *offset >= 0);
    receipt.timestamp = message.timestamp().to_millis();
    receipt
}

fn failure(error: &KafkaError, message: &BorrowedMessage<'_>) -> Error {
    error::of(error, may_be_written(message)).with_topic(message.topic())
}

/// What rdkafka does not wrap: whether a message that failed may be in the log.
#[expect(unsafe_code, reason = "one question to librdkafka about a message that is alive")]
fn may_be_written(message: &BorrowedMessage<'_>) -> bool {
    // SAFETY: the pointer is of the message that is borrowed here; the function only reads it.
    let status = unsafe { rd_kafka_message_status(message.ptr()) };
    status != rd_kafka_msg_status_t::RD_KAFKA_MSG_STATUS_NOT_PERSISTED
}

impl ClientContext for Context {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        match level {
            RDKafkaLogLevel::Emerg
            | RDKafkaLogLevel::Alert
            | RDKafkaLogLevel::Critical
            | RDKafkaLogLevel::Error => {
                tracing::error!(target: "feign::kafka", facility, "{message}")
            }
            RDKafkaLogLevel::Warning => {
                tracing::warn!(target: "feign::kafka", facility, "{message}")
            }
            RDKafkaLogLevel::Notice | RDKafkaLogLevel::Info => {
                tracing::info!(target: "feign::kafka", facility, "{message}");
            }
            RDKafkaLogLevel::Debug => {
                tracing::debug!(target: "feign::kafka", facility, "{message}")
            }
        }
    }

    fn error(&self, error: KafkaError, reason: &str) {
        tracing::warn!(target: "feign::kafka", %error, "{reason}");
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(reason.to_owned());
    }

    fn stats_raw(&self, statistics: &[u8]) {
        let statistics = String::from_utf8_lossy(statistics);
        tracing::info!(target: "feign::kafka", %statistics, "statistics");
    }
}
