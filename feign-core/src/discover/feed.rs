//! What a source says of a service, whatever becomes of the source.

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use futures_util::stream::{self, StreamExt as _};
use tokio::time::Instant;

use super::jitter::jittered;
use super::{Endpoint, Source, Update, Updates};
use crate::error::shown;

/// No more often is anything handed on: of a flood only the newest counts.
const PACE: Duration = Duration::from_millis(50);

/// So many updates are read at a stretch, and so many stretches make a turn; in between others run.
const STRETCH: u32 = 32;
const STRETCHES: u32 = 32;

/// How long to wait before a source is asked again that has ended: doubled from the first to the
/// last; begun anew after one that held longer than that.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LAST_PAUSE: Duration = Duration::from_secs(60);

/// The updates of a source, without an end: when a stream ends or panics, it says so, and begins again
/// after a pause.
pub(super) struct Feed {
    source: Source,
    service: Arc<str>,
    updates: Option<Updates>,
    begun: Instant,
    begins: Instant,
    pause: Duration,
    pace: Duration,
    quiet_until: Instant,
    newest: Newest,
}

/// What came since the last turn: the newest set, and the failure that came after it.
#[derive(Debug, Default)]
pub(super) struct Newest {
    pub(super) said: Option<Option<Vec<Endpoint>>>,
    pub(super) failed: Option<String>,
}

impl Newest {
    fn add(&mut self, update: Update) {
        match update {
            Ok(said) => *self = Self { said: Some(said), failed: None },
            Err(cause) => {
                self.failed = Some(caught(|| text_of(&*cause)).unwrap_or_else(|panic| panic));
            }
        }
    }

    const fn is_nothing(&self) -> bool {
        self.said.is_none() && self.failed.is_none()
    }

    fn updates(self) -> impl Iterator<Item = Update> {
        let failed = self.failed.map(|cause| Err(Told(cause.into()).into()));
        self.said.map(Ok).into_iter().chain(failed)
    }
}

/// A cause that can be shown as it is: it has been through a feed.
#[derive(Clone, Debug)]
pub(super) struct Told(Arc<str>);

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Told {}

impl Feed {
    pub(super) fn new(source: Source, service: Arc<str>) -> Self {
        let now = Instant::now();
        Self {
            source,
            service,
            updates: None,
            begun: now,
            begins: now,
            pause: FIRST_PAUSE,
            pace: PACE,
            quiet_until: now,
            newest: Newest::default(),
        }
    }

    /// The updates of one source of several: when it ends or panics, it begins again by itself, and the
    /// others go on. Whoever follows the whole sees to the pace.
    pub(super) fn updates(
        source: Source,
        service: &str,
    ) -> impl Stream<Item = Update> + Send + use<> {
        let mut feed = Self { pace: Duration::ZERO, ..Self::new(source, service.into()) };
        feed.begin();
        stream::unfold(feed, async |mut feed| Some((feed.next().await, feed)))
            .flat_map(|newest| stream::iter(newest.updates()))
    }

    /// Waits for the next. Dropped before it is there, nothing is lost.
    pub(super) async fn next(&mut self) -> Newest {
        until(self.quiet_until).await;
        while self.newest.is_nothing() {
            if self.updates.is_none() {
                until(self.begins).await;
                self.begin();
            }
            self.read().await;
        }
        self.quiet_until = Instant::now() + self.pace;
        std::mem::take(&mut self.newest)
    }

    /// Reads what is there.
    async fn read(&mut self) {
        for _ in 0..STRETCHES {
            if poll_fn(|cx| self.stretch(cx)).await.is_break() {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    /// Breaks where there is nothing more for now.
    fn stretch(&mut self, cx: &mut Context<'_>) -> Poll<ControlFlow<()>> {
        for _ in 0..STRETCH {
            match self.poll(cx) {
                Poll::Ready(Some(update)) => self.newest.add(update),
                Poll::Pending if self.newest.is_nothing() => return Poll::Pending,
                Poll::Ready(None) | Poll::Pending => return Poll::Ready(ControlFlow::Break(())),
            }
        }
        Poll::Ready(ControlFlow::Continue(()))
    }

    /// `None` where the stream is over.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Update>> {
        let Some(updates) = &mut self.updates else { return Poll::Ready(None) };
        match caught(|| updates.as_mut().poll_next(cx)) {
            Ok(Poll::Ready(None)) => self.end("the source ended".to_owned()),
            Ok(polled) => return polled,
            Err(panic) => self.end(panic),
        }
        Poll::Ready(None)
    }

    fn begin(&mut self) {
        self.begun = Instant::now();
        match caught(|| self.source.watch(&self.service)) {
            Ok(updates) => self.updates = Some(updates),
            Err(panic) => self.end(panic),
        }
    }

    fn end(&mut self, why: String) {
        let now = Instant::now();
        if now.saturating_duration_since(self.begun) > LAST_PAUSE {
            self.pause = FIRST_PAUSE;
        }
        self.begins = now + jittered(self.pause, 50);
        self.pause = LAST_PAUSE.min(self.pause * 2);
        self.newest.failed = Some(why);
        let updates = self.updates.take();
        drop(caught(|| drop(updates)));
    }
}

async fn until(time: Instant) {
    if Instant::now() < time {
        tokio::time::sleep_until(time).await;
    }
}

/// Calls what is not ours; a panic comes back as its text.
fn caught<T>(call: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        format!("the source panicked: {}", shown(text.unwrap_or("without a text")))
    })
}

/// An error with what caused it, each said once, as it may be shown.
fn text_of(error: &(dyn StdError + 'static)) -> String {
    if let Some(Told(text)) = error.downcast_ref() {
        return text.as_ref().to_owned();
    }
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let said = cause.to_string();
        if !text.contains(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        source = cause.source();
    }
    shown(&text)
}
