//! What librdkafka calls back: deliveries, its log, its errors, its statistics.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use feign_core::observe::{Audience, Producing};
use feign_core::publish::{Error, Kind, Receipt};
use rdkafka::ClientContext;
use rdkafka::bindings::{rd_kafka_message_status, rd_kafka_msg_status_t};
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::{KafkaError, RDKafkaErrorCode as Code};
use rdkafka::message::{BorrowedMessage, Message as _};
use rdkafka::producer::{DeliveryResult, ProducerContext};

use crate::alone::Alone;
use crate::delivery::Delivery;
use crate::{error, statistics};

#[derive(Debug, Default)]
pub(crate) struct Context {
    audience: Audience,
    /// Sends again what a batch took down; `None` where that makes no sense.
    alone: Option<Alone>,
    /// The last error of a connection, for whoever waits for one.
    last: Mutex<Option<(Code, String)>>,
    /// What was told just now.
    told: Mutex<Option<(Code, String)>>,
    is_down: AtomicBool,
    /// Why the producer cannot go on.
    fatal: OnceLock<String>,
}

impl Context {
    pub(crate) fn new(audience: Audience, alone: Alone) -> Self {
        Self { audience, alone: Some(alone), ..Self::default() }
    }

    pub(crate) fn last_error(&self) -> Option<(Code, String)> {
        lock(&self.last).clone()
    }

    /// rdkafka 0.39 tells each error of a producer twice, one behind the other.
    fn is_second_telling(&self, code: Code, reason: &str) -> bool {
        let mut told = lock(&self.told);
        let is_second = told.as_ref().is_some_and(|(was, why)| *was == code && why == reason);
        *told = (!is_second).then(|| (code, reason.to_owned()));
        is_second
    }

    fn went_down(&self, cause: &str) {
        if !self.is_down.swap(true, Ordering::Relaxed) {
            self.audience.tell(&Producing::Down { cause });
        }
    }

    fn came_up(&self) {
        // Loaded first: this is asked for every event.
        if self.is_down.load(Ordering::Relaxed) && self.is_down.swap(false, Ordering::Relaxed) {
            self.audience.tell(&Producing::Up);
        }
    }

    /// Sends a message again that may be good; else gives its delivery back.
    fn again(
        &self,
        failure: &KafkaError,
        message: &BorrowedMessage<'_>,
        delivery: Box<Delivery>,
    ) -> Option<Box<Delivery>> {
        let Some(alone) = &self.alone else { return Some(delivery) };
        // What may be in the log would be there twice.
        if !Alone::may_help(failure) || may_be_written(message) {
            return Some(delivery);
        }
        self.audience.tell(&Producing::SentAlone { topic: message.topic() });
        alone.send(message, delivery);
        None
    }

    fn failure(&self, failure: &KafkaError, message: &BorrowedMessage<'_>) -> Error {
        let found = error::of(failure, may_be_written(message)).with_topic(message.topic());
        match (found.kind(), self.fatal.get()) {
            (Kind::Fenced, Some(reason)) => found.with_reason(reason.clone()),
            // Purged, or forgotten, since the producer cannot go on.
            (Kind::Fatal | Kind::Closed | Kind::TimedOut, Some(reason)) => {
                found.with_kind(Kind::Fatal).with_reason(reason.clone())
            }
            (Kind::TimedOut, None) if self.is_down.load(Ordering::Relaxed) => {
                match self.last_error() {
                    Some((_, reason)) => found.with_reason(format!("no broker: {reason}")),
                    None => found,
                }
            }
            _ => found,
        }
    }
}

impl ProducerContext for Context {
    type DeliveryOpaque = Box<Delivery>;

    fn delivery(&self, result: &DeliveryResult<'_>, delivery: Box<Delivery>) {
        match result {
            Ok(message) => {
                self.came_up();
                delivery.settle(Ok(receipt(message)));
            }
            Err((failure, message)) => {
                if let Some(delivery) = self.again(failure, message, delivery) {
                    delivery.settle(Err(self.failure(failure, message)));
                }
            }
        }
    }
}

fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn receipt(message: &BorrowedMessage<'_>) -> Receipt {
    let mut receipt = Receipt::default();
    receipt.partition = Some(message.partition());
    // Known to be written, but not where: a repeated send that the broker recognised.
    receipt.offset = Some(message.offset()).filter(|offset| *offset >= 0);
    receipt.timestamp = message.timestamp().to_millis();
    receipt
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
        let code = error.rdkafka_error_code().unwrap_or(Code::Fail);
        if self.is_second_telling(code, reason) {
            return;
        }
        match (code, error::kind(code)) {
            (_, Kind::Fatal | Kind::Fenced) => {
                tracing::error!(target: "feign::kafka", %error, "{reason}");
                // The first reason is the one.
                if self.fatal.set(reason.to_owned()).is_ok() {
                    self.audience.tell(&Producing::Fatal { reason });
                }
            }
            (Code::AllBrokersDown, _) => {
                tracing::warn!(target: "feign::kafka", "{reason}");
                self.went_down(reason);
            }
            _ => {
                tracing::warn!(target: "feign::kafka", %error, "{reason}");
                self.audience.tell(&Producing::ConnectionFailed { cause: reason });
                *lock(&self.last) = Some((code, reason.to_owned()));
            }
        }
    }

    fn stats_raw(&self, raw: &[u8]) {
        let raw = String::from_utf8_lossy(raw);
        tracing::info!(target: "feign::kafka", statistics = %raw, "statistics");
        if self.audience.is_some()
            && let Some(statistics) = statistics::read(&raw)
        {
            self.audience.tell(&Producing::Statistics(statistics));
        }
    }
}
