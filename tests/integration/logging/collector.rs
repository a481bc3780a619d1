//! A subscriber that keeps what is logged as `fmt` would print it.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, LazyLock, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, Event, Level, Metadata, Subscriber};

/// Where there is but one, `tracing` asks the thread that says something first whether anybody listens:
/// another test's, which does not.
static ANOTHER: LazyLock<Dispatch> =
    LazyLock::new(|| Dispatch::new(Inner { lines: Arc::default(), takes: Box::new(|_| false) }));

/// What was logged, while this is there.
pub(crate) struct Collector {
    lines: Arc<Mutex<Vec<Line>>>,
    _guard: DefaultGuard,
}

#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) target: String,
    pub(crate) level: Level,
    pub(crate) message: String,
    pub(crate) fields: Vec<(&'static str, String)>,
}

impl Line {
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| *key == name).map(|(_, value)| &**value)
    }
}

impl Collector {
    /// Keeps everything.
    pub(crate) fn all() -> Self {
        Self::of(|_| true)
    }

    /// Keeps what a target says at a level, as a filter directive does.
    pub(crate) fn at(target: &'static str, level: Level) -> Self {
        Self::of(move |metadata| metadata.target() == target && *metadata.level() <= level)
    }

    /// Keeps what every target says at a level.
    pub(crate) fn at_all(level: Level) -> Self {
        Self::of(move |metadata| *metadata.level() <= level)
    }

    pub(crate) fn of(takes: impl Fn(&Metadata<'_>) -> bool + Send + Sync + 'static) -> Self {
        LazyLock::force(&ANOTHER);
        let lines = Arc::default();
        let inner = Inner { lines: Arc::clone(&lines), takes: Box::new(takes) };
        Self { lines, _guard: tracing::subscriber::set_default(inner) }
    }

    /// Everything that feign has said.
    pub(crate) fn lines(&self) -> Vec<Line> {
        self.lines.lock().unwrap().clone()
    }

    /// Everything in one text.
    pub(crate) fn text(&self) -> String {
        self.lines().iter().fold(String::new(), |mut text, line| {
            write!(text, "{} {}", line.target, line.message).unwrap();
            for (name, value) in &line.fields {
                write!(text, " {name}={value}").unwrap();
            }
            text + "\n"
        })
    }
}

struct Inner {
    lines: Arc<Mutex<Vec<Line>>>,
    takes: Box<dyn Fn(&Metadata<'_>) -> bool + Send + Sync>,
}

impl Subscriber for Inner {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("feign") && (self.takes)(metadata)
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        let mut line = Line {
            target: metadata.target().to_owned(),
            level: *metadata.level(),
            message: String::new(),
            fields: Vec::new(),
        };
        event.record(&mut line);
        self.lines.lock().unwrap().push(line);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        match field.name() {
            "message" => self.message = format!("{value:?}"),
            name => self.fields.push((name, format!("{value:?}"))),
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.push((field.name(), value.to_owned()));
    }
}
