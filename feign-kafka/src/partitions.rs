//! How many partitions a topic has, for keys that place and are not sent.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use tokio::time::Instant;

/// A topic grows seldom; librdkafka asks as often.
const FRESH: Duration = Duration::from_secs(300);

#[derive(Debug, Default)]
pub(crate) struct Partitions(RwLock<HashMap<String, (i32, Instant)>>);

impl Partitions {
    pub(crate) fn last(&self, topic: &str) -> Option<i32> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.get(topic).map(|(count, _)| *count)
    }

    /// Whether it is time to ask anew for a topic that is known: said to one, who asks.
    pub(crate) fn is_due(&self, topic: &str) -> bool {
        let is_old = |since: &Instant| since.elapsed() >= FRESH;
        {
            let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
            if !known.get(topic).is_some_and(|(_, since)| is_old(since)) {
                return false;
            }
        }
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let Some((_, since)) = known.get_mut(topic).filter(|(_, since)| is_old(since)) else {
            return false;
        };
        *since = Instant::now();
        true
    }

    pub(crate) fn set(&self, topic: &str, count: i32) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(topic.to_owned(), (count, Instant::now()));
    }
}
