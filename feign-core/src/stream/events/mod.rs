//! Server-sent events.

mod data;
mod event;
mod feed;
mod lines;
mod parser;

use std::task::{Context, Poll, ready};

pub use data::EventData;
pub use event::Event;
use feed::Feed;

use super::given::Given;
use super::surface::surface;
use crate::codec::{Answer, FromBody};
use crate::error::{BoxError, Error};

/// Server-sent events (`text/event-stream`), parsed as the WHATWG says.
///
/// As a result it is not buffered: each event comes when it is asked for, its data raw where `T` is
/// `String` and read as JSON where it is anything else. `body_limit` limits each event, `idle_timeout`
/// each wait; a comment of the server ends a wait too. Data that cannot be read is an error that names
/// the event, and the next one may be read all the same. An event that the stream breaks off in is
/// dropped, as the standard says.
///
/// ```no_run
/// # #[derive(Debug, serde::Deserialize)] struct Order { id: u64 }
/// use feign::Events;
///
/// #[feign::client]
/// trait Orders {
///     #[get("/orders/feed")]
///     #[timeout(idle = "1m")]
///     async fn feed(&self) -> Result<Events<Order>, feign::Error>;
/// }
///
/// # async fn print(orders: &OrdersClient) -> Result<(), feign::Error> {
/// let mut feed = orders.feed().await?.reconnecting()?;
/// while let Some(event) = feed.next().await {
///     let event = event?;
///     println!("{} {}: {:?}", event.id, event.event, event.data);
/// }
/// # Ok(()) }
/// ```
///
/// A fake makes one by [`from_iter`](Self::from_iter). Dropping it closes the connection; once it has
/// ended, the connection is used again.
#[must_use = "a stream does nothing unless it is read"]
pub struct Events<T = String>(Source<T>);

enum Source<T> {
    Read { feed: Box<Feed>, read: fn(&mut String) -> Result<T, BoxError> },
    Given(Given<Event<T>>),
}

surface!(Events, Source, Event<T>);

impl<T> Events<T> {
    /// Makes the call again when the stream ends or breaks off, so that it goes on where it was.
    ///
    /// After the time that the server names in `retry` (3 s by default) the call is made once more, with
    /// the id of the last event as `Last-Event-ID`: a call of its own, through all layers, to whatever
    /// endpoint is picked. While that fails in a way that passes (no connection, a timeout, 408, 425,
    /// 429, 502, 503 or 504), the wait is doubled up to 30 s, or is what `Retry-After` says. Any other
    /// failure is the last item; an answer of 204 ends the stream.
    ///
    /// # Errors
    ///
    /// When the call cannot be made again: its verb says that it may not be (see `#[idempotent]`), or its
    /// body is a stream.
    pub fn reconnecting(mut self) -> Result<Self, Error> {
        if let Source::Read { feed, .. } = &mut self.0 {
            feed.reconnect()?;
        }
        Ok(self)
    }
}

impl<T> Source<T> {
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        match self {
            Self::Given(given) => given.poll_next(cx),
            Self::Read { feed, read } => Poll::Ready(ready!(feed.poll_event(cx)).map(|found| {
                found?;
                let (head, data) = feed.take();
                read(data).map(|data| head.with_data(data)).map_err(|error| feed.unreadable(error))
            })),
        }
    }
}

impl<T: EventData> FromBody for Events<T> {
    const BUFFERED: bool = false;
    const ACCEPT: Option<&'static str> = Some(feed::CONTENT_TYPE);
    const EMPTY_IS_NONE: bool = false;
    const KEEPS_CALL: bool = true;

    fn from_body(answer: Answer) -> Result<Self, Error> {
        Ok(Self(Source::Read { feed: Box::new(Feed::new(answer)?), read: T::read }))
    }
}
