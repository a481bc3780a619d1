//! One event.

use std::borrow::Cow;
use std::time::Duration;

/// An event of a server, as the WHATWG says: [`Events`](crate::Events) are made of them.
///
/// ```
/// use feign::Event;
///
/// let created = Event::new("order 17").with_event("created").with_id("42");
/// assert_eq!(created.event, "created");
/// assert_eq!(Event::new(()).event, "message");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T = String> {
    /// Its type, `message` where the server names none.
    pub event: Cow<'static, str>,
    /// The id where the stream can go on after it: its own, else that of the last event that had one;
    /// empty if there was none.
    pub id: String,
    /// What it tells; several lines are joined by LF.
    pub data: T,
    /// How long the server wants clients to wait before they reconnect, where it has said so since the
    /// event before.
    pub retry: Option<Duration>,
}

impl<T> Event<T> {
    /// Makes an event of the type `message`, without an id.
    #[must_use]
    pub fn new(data: T) -> Self {
        Self { event: Cow::Borrowed("message"), id: String::new(), data, retry: None }
    }

    /// Sets the type.
    #[must_use]
    pub fn with_event(mut self, event: impl Into<Cow<'static, str>>) -> Self {
        self.event = event.into();
        self
    }

    /// Sets the id.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    pub(super) fn with_data<U>(self, data: U) -> Event<U> {
        let Self { event, id, retry, .. } = self;
        Event { event, id, data, retry }
    }
}
