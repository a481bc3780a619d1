//! A topic as a stream.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::Memory;
use crate::publish::pending::Receipt;
use crate::publish::record::Record;

/// A record with its place in the topic.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivered {
    /// The record.
    pub record: Record,
    /// Where it is.
    pub receipt: Receipt,
}

/// The records of a topic from its beginning; it never ends, and waits for what comes. A topic that is
/// not declared ends at once.
#[derive(Debug)]
#[must_use = "a stream does nothing until it is polled"]
pub struct Topic {
    memory: Memory,
    topic: String,
    next: usize,
}

impl Topic {
    pub(super) fn new(memory: Memory, topic: &str) -> Self {
        Self { memory, topic: topic.to_owned(), next: 0 }
    }

    /// Waits for the next record; `None` where the topic is not declared.
    pub async fn next(&mut self) -> Option<Delivered> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl Stream for Topic {
    type Item = Delivered;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Delivered>> {
        let record = {
            let mut state = self.memory.state();
            let Some(log) = state.topics.get_mut(&self.topic) else { return Poll::Ready(None) };
            log.at(self.next, cx.waker())
        };
        match record {
            Some(record) => {
                self.next += 1;
                Poll::Ready(Some(record))
            }
            None => Poll::Pending,
        }
    }
}
