//! What librdkafka calls back for the producers of transactions.

use feign_core::publish::Entry;
use rdkafka::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::KafkaError;
use rdkafka::producer::{DeliveryResult, ProducerContext};

use super::failure;
use crate::context::{self, Context};

/// The same as of the plain producer, but that an event is answered to its transaction.
#[derive(Debug, Default)]
pub(super) struct InTransaction(Context);

impl ProducerContext for InTransaction {
    type DeliveryOpaque = Box<Entry>;

    fn delivery(&self, result: &DeliveryResult<'_>, entry: Box<Entry>) {
        entry.answer(match result {
            Ok(message) => Ok(context::receipt(message)),
            Err((error, message)) => Err(failure::of_event(error, message)),
        });
    }
}

impl ClientContext for InTransaction {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        self.0.log(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        self.0.error(error, reason);
    }

    fn stats_raw(&self, statistics: &[u8]) {
        self.0.stats_raw(statistics);
    }
}
