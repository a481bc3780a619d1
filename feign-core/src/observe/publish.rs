//! What an observer is told of publishing, and how a backend tells it.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::{Observer, Producing};
use crate::publish::{Error, Receipt, Record};

/// How the publishing of an event ended.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum PublishEnd<'a> {
    /// The broker has it.
    Acknowledged(&'a Receipt),
    /// It failed; the error says whether it may have been written.
    Failed(&'a Error),
    /// Whoever published it lost interest before it had its place in the line: nothing was sent.
    Cancelled,
}

/// An event whose fate is known. It was given to a backend; one that could not be encoded was not.
#[derive(Debug)]
pub struct PublishEnded<'a> {
    event: Option<&'static str>,
    topic: &'a str,
    bytes: usize,
    end: PublishEnd<'a>,
    elapsed: Duration,
}

impl<'a> PublishEnded<'a> {
    /// Returns the declared event, as `OrderEvents.created`; `None` of a record that was read back.
    #[must_use]
    pub const fn event(&self) -> Option<&'static str> {
        self.event
    }

    /// Returns the topic.
    #[must_use]
    pub const fn topic(&self) -> &'a str {
        self.topic
    }

    /// Returns how many bytes it has: key, payload, headers and their names.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Returns how it ended.
    #[must_use]
    pub const fn end(&self) -> PublishEnd<'a> {
        self.end
    }

    /// Returns the error, if it failed; its `outcome` says whether the event may have been written.
    #[must_use]
    pub const fn error(&self) -> Option<&'a Error> {
        match self.end {
            PublishEnd::Failed(error) => Some(error),
            PublishEnd::Acknowledged(_) | PublishEnd::Cancelled => None,
        }
    }

    /// Returns how long it took, with the time in which it waited for its place.
    #[must_use]
    pub const fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

/// The observers of a backend of publishers, for those who write one. Empty by default: nothing is made
/// and nothing told then.
///
/// ```
/// use feign::observe::{Audience, Observer, PublishEnded};
/// use feign::publish::{Receipt, Record};
///
/// struct Prints;
/// impl Observer for Prints {
///     fn publish_ended(&self, event: &PublishEnded<'_>) {
///         println!("{event:?}");
///     }
/// }
///
/// let record = Record::new("orders");
/// assert!(Audience::default().publishing(&record).is_none());
/// let audience = Audience::default().with(Prints);
/// let publishing = audience.publishing(&record);
/// // .. sends it ..
/// if let Some(publishing) = publishing {
///     publishing.end(Ok(&Receipt::at(0, 42)));
/// }
/// ```
#[derive(Clone, Default)]
pub struct Audience(Option<Arc<[Arc<dyn Observer>]>>);

impl Audience {
    /// Adds an observer behind the ones that are there.
    #[must_use]
    pub fn with(self, observer: impl Observer) -> Self {
        let observer: Arc<dyn Observer> = Arc::new(observer);
        let before = self.0.iter().flat_map(|all| all.iter()).cloned();
        Self(Some(before.chain([observer]).collect()))
    }

    /// Begins to look at an event, where there is somebody to tell.
    #[must_use]
    #[inline]
    pub fn publishing(&self, record: &Record) -> Option<Publishing> {
        self.0.as_ref()?;
        Some(Publishing::new(self.clone(), record))
    }

    /// Returns whether there is somebody to tell.
    #[must_use]
    pub const fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// Tells what has become of the backend.
    pub fn tell(&self, event: &Producing<'_>) {
        self.each(|observer| observer.producing(event));
    }

    fn each(&self, tell: impl Fn(&dyn Observer)) {
        for observer in self.0.iter().flat_map(|all| all.iter()) {
            // A client tells on a thread of its own, which nobody else runs: a panic would end it.
            if catch_unwind(AssertUnwindSafe(|| tell(&**observer))).is_err() {
                tracing::error!(target: "feign::publish", "an observer panicked, what it was told is lost");
            }
        }
    }
}

impl fmt::Debug for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Audience({})", self.0.as_ref().map_or(0, |all| all.len()))
    }
}

/// An event that is looked at. Dropped before it is said how that ended, it was cancelled.
#[derive(Debug)]
#[must_use = "dropped, it tells that the event was cancelled"]
pub struct Publishing(Box<Watched>);

#[derive(Debug)]
struct Watched {
    audience: Audience,
    event: Option<&'static str>,
    topic: Box<str>,
    bytes: usize,
    begun: Instant,
    is_over: bool,
}

impl Publishing {
    #[cold]
    fn new(audience: Audience, record: &Record) -> Self {
        Self(Box::new(Watched {
            audience,
            event: record.event(),
            topic: record.topic().into(),
            bytes: record.size(),
            begun: Instant::now(),
            is_over: false,
        }))
    }

    /// Tells how it ended.
    #[cold]
    pub fn end(mut self, result: Result<&Receipt, &Error>) {
        self.0.is_over = true;
        self.0.tell(match result {
            Ok(receipt) => PublishEnd::Acknowledged(receipt),
            Err(error) => PublishEnd::Failed(error),
        });
    }
}

impl Watched {
    fn tell(&self, end: PublishEnd<'_>) {
        let Self { event, topic, bytes, begun, .. } = self;
        let ended =
            PublishEnded { event: *event, topic, bytes: *bytes, end, elapsed: begun.elapsed() };
        self.audience.each(|observer| observer.publish_ended(&ended));
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if !self.is_over {
            self.tell(PublishEnd::Cancelled);
        }
    }
}
