//! What was published, as the type it was.

use serde::de::DeserializeOwned;

use super::{Delivered, Memory};

/// An event that was published to the broker in memory.
#[derive(Debug)]
pub struct Published<T> {
    delivered: Delivered,
    body: Option<T>,
}

impl<T> Published<T> {
    /// Returns the key, where it is text.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.delivered.record.key().and_then(|key| std::str::from_utf8(key).ok())
    }

    /// Returns the body; `None` is a tombstone.
    #[must_use]
    pub fn body(&self) -> Option<&T> {
        self.body.as_ref()
    }

    /// Returns a header, where it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.delivered.record.header(name).and_then(|value| std::str::from_utf8(value).ok())
    }

    /// Returns the record and its place.
    #[must_use]
    pub fn delivered(&self) -> &Delivered {
        &self.delivered
    }
}

impl Memory {
    /// Returns what was published to a topic, read as JSON, in the order in which it came.
    ///
    /// # Panics
    ///
    /// When the topic is not declared, or an event is no `T`: both are mistakes of the test.
    #[must_use]
    #[track_caller]
    pub fn published<T: DeserializeOwned>(&self, topic: &str) -> Vec<Published<T>> {
        if !self.state().topics.contains_key(topic) {
            panic!("{self:?} has no topic `{topic}`");
        }
        let read = |(at, delivered): (usize, Delivered)| {
            let body = delivered.record.payload().map(|payload| {
                serde_json::from_slice(payload).unwrap_or_else(|error| {
                    let name = std::any::type_name::<T>();
                    panic!("event {at} of `{topic}` is no `{name}`: {error}")
                })
            });
            Published { delivered, body }
        };
        self.records(topic).into_iter().enumerate().map(read).collect()
    }
}
