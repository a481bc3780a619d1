//! An event in line, and what the broker says of it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::sync::oneshot;

use super::error::{Error, Kind, Outcome};

/// The broker has the event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Receipt {
    /// The partition it is in; `None` where the broker has none.
    pub partition: Option<i32>,
    /// Its place in the partition; `None` where it is not known.
    pub offset: Option<i64>,
    /// The time that was kept for it, in milliseconds since 1970.
    pub timestamp: Option<i64>,
}

impl Receipt {
    /// Makes a receipt of a partition and an offset.
    #[must_use]
    pub const fn at(partition: i32, offset: i64) -> Self {
        Self { partition: Some(partition), offset: Some(offset), timestamp: None }
    }

    /// Adds the time that was kept.
    #[must_use]
    pub const fn with_timestamp(mut self, millis: i64) -> Self {
        self.timestamp = Some(millis);
        self
    }
}

/// An event in line: its order is fixed, and it is sent whether this is awaited or dropped. Awaited, it
/// gives the [`Receipt`].
#[derive(Debug)]
#[must_use = "it is sent all the same, but only awaiting it says whether the broker has it"]
pub struct Pending {
    state: State,
    event: Option<&'static str>,
}

#[derive(Debug)]
enum State {
    /// Boxed, for a small `Pending`: a broker settles none at once, and a thousand may be held.
    Settled(Option<Box<Result<Receipt, Error>>>),
    Waiting(oneshot::Receiver<Result<Receipt, Error>>),
}

/// The other end of a [`Pending`], which a backend keeps; dropped, it says that nobody knows.
#[derive(Debug)]
pub struct Acknowledge(oneshot::Sender<Result<Receipt, Error>>);

impl Pending {
    /// Makes both ends.
    pub fn channel() -> (Acknowledge, Self) {
        let (sender, receiver) = oneshot::channel();
        (Acknowledge(sender), Self { state: State::Waiting(receiver), event: None })
    }

    /// Makes one that is settled already.
    pub fn settled(result: Result<Receipt, Error>) -> Self {
        Self { state: State::Settled(Some(Box::new(result))), event: None }
    }

    pub(super) fn of(mut self, event: Option<&'static str>) -> Self {
        self.event = event;
        self
    }
}

impl Acknowledge {
    /// Says what became of the event.
    pub fn settle(self, result: Result<Receipt, Error>) {
        // Nobody may be waiting.
        let _ = self.0.send(result);
    }
}

impl Future for Pending {
    type Output = Result<Receipt, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let event = self.event;
        let result = match &mut self.state {
            State::Settled(result) => result.take().map_or_else(|| Err(gone()), |result| *result),
            State::Waiting(receiver) => {
                ready!(Pin::new(receiver).poll(cx)).unwrap_or_else(|_| Err(gone()))
            }
        };
        Poll::Ready(result.map_err(|error| match event {
            Some(event) => error.with_event(event),
            None => error,
        }))
    }
}

fn gone() -> Error {
    Error::new(Kind::Closed)
        .with_outcome(Outcome::Unknown)
        .with_reason("the backend went away before the broker answered")
}
