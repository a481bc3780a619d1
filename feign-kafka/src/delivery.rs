//! What travels with a message until the broker has answered.

use feign_core::observe::Publishing;
use feign_core::publish::{Acknowledge, Error, Permit, Receipt};

/// Travels with a message; dropping it gives the place in the line back.
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) acknowledge: Acknowledge,
    pub(crate) permit: Permit,
    pub(crate) publishing: Option<Publishing>,
    /// What librdkafka does not tell of a message that failed.
    pub(crate) timestamp: Option<i64>,
}

impl Delivery {
    /// Says what became of the event.
    pub(crate) fn settle(self, outcome: Result<Receipt, Error>) {
        let Self { acknowledge, permit, publishing, .. } = self;
        if let Some(publishing) = publishing {
            publishing.end(outcome.as_ref());
        }
        // First the place, so that one who was answered finds it free.
        drop(permit);
        acknowledge.settle(outcome);
    }
}

/// Tells the observers of an event that did not get in line.
pub(crate) fn refuse(publishing: Option<Publishing>, error: Error) -> Error {
    if let Some(publishing) = publishing {
        publishing.end(Err(&error));
    }
    error
}
