//! What a user declares: events with a key and a number, by which they are found again.

use std::time::Duration;

use feign::publish::{Backend, Error, Outcome, Pending, Receipt};
use serde::{Deserialize, Serialize};

use super::harness::{Door, Fate, Waiting};

#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Happened {
    pub(super) number: u32,
    /// What makes it large.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) note: String,
}

#[feign::publisher(settings(topic))]
pub(super) trait Events {
    /// Returns when it is acknowledged.
    #[topic("{topic}")]
    async fn happened(&self, #[key] key: &str, #[body] event: &Happened) -> Result<Receipt, Error>;

    /// Returns when it is in line.
    #[topic("{topic}")]
    async fn queued(&self, #[key] key: &str, #[body] event: &Happened) -> Result<Pending, Error>;
}

/// For what is left to be answered where a broker lives.
pub(super) const CLOSING: Duration = Duration::from_secs(10);

pub(super) fn events<B: Backend + Clone + 'static>(backend: &B, topic: &str) -> EventsPublisher {
    EventsPublisher::with_settings(backend, [("topic", topic)]).unwrap()
}

/// A small event.
pub(super) const fn happened(number: u32) -> Happened {
    Happened { number, note: String::new() }
}

/// An event with a note of so many bytes.
pub(super) fn large(number: u32, bytes: usize) -> Happened {
    Happened { number, note: "x".repeat(bytes) }
}

impl Door for EventsPublisher {
    async fn put(&self, key: &str, number: u32) -> Waiting {
        match self.queued(key, &happened(number)).await {
            Ok(pending) => Box::pin(async { Fate::from(pending.await) }),
            Err(error) => Box::pin(std::future::ready(Fate::from(Err::<(), _>(error)))),
        }
    }
}

impl<T> From<Result<T, Error>> for Fate {
    fn from(answer: Result<T, Error>) -> Self {
        match answer {
            Ok(_) => Self::Acknowledged,
            Err(error) if error.outcome() == Outcome::NotWritten => {
                Self::NotWritten(format!("{:?}", error.kind()))
            }
            Err(error) => Self::Unknown(format!("{:?}", error.kind())),
        }
    }
}
