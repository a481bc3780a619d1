//! What is known about a declared event at compile time.

/// A method of a publisher trait.
#[derive(Debug)]
#[non_exhaustive]
pub struct Event {
    /// `OrderEvents.created`
    pub name: &'static str,
    /// The topic as it is written, with its placeholders in braces.
    pub topic: &'static str,
    /// Whether the topic is that text, without placeholders.
    pub fixed: bool,
    /// The type of the key, as it is written.
    pub key: Option<&'static str>,
    /// The type of the body, as it is written; `None` for a tombstone.
    pub body: Option<&'static str>,
    /// Headers that are always sent, and their values.
    pub headers: &'static [(&'static str, &'static str)],
    /// Names of the headers that arguments bring.
    pub arguments: &'static [&'static str],
    /// Attributes of a CloudEvent, where it is one.
    pub cloud_events: Option<CloudEvents>,
    /// How many events a call makes, and how far it takes them.
    pub reach: Reach,
}

/// What a CloudEvent says of itself in its headers (binary mode).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CloudEvents {
    /// `ce_type`
    pub ty: &'static str,
    /// `ce_source`
    pub source: &'static str,
}

/// How many events a call makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reach {
    /// One.
    One,
    /// One for each item of a slice.
    Each,
}

/// What is known about a publisher trait.
#[derive(Debug)]
#[non_exhaustive]
pub struct Description {
    /// The trait's name.
    pub name: &'static str,
    /// Its events, in the order of the source.
    pub events: &'static [&'static Event],
    /// Placeholders of topics that are given when the publisher is made.
    pub settings: &'static [&'static str],
}

impl CloudEvents {
    #[doc(hidden)]
    #[must_use]
    pub const fn of(ty: &'static str, source: &'static str) -> Self {
        Self { ty, source }
    }
}

impl Event {
    #[doc(hidden)]
    #[must_use]
    pub const fn of(name: &'static str, topic: &'static str, fixed: bool, reach: Reach) -> Self {
        let (key, body, cloud_events) = (None, None, None);
        Self { name, topic, fixed, key, body, headers: &[], arguments: &[], cloud_events, reach }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_key(mut self, ty: &'static str) -> Self {
        self.key = Some(ty);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_body(mut self, ty: &'static str) -> Self {
        self.body = Some(ty);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_headers(
        mut self,
        headers: &'static [(&'static str, &'static str)],
        arguments: &'static [&'static str],
    ) -> Self {
        self.headers = headers;
        self.arguments = arguments;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_cloud_events(mut self, ty: &'static str, source: &'static str) -> Self {
        self.cloud_events = Some(CloudEvents::of(ty, source));
        self
    }
}

impl Description {
    #[doc(hidden)]
    #[must_use]
    pub const fn of(
        name: &'static str,
        events: &'static [&'static Event],
        settings: &'static [&'static str],
    ) -> Self {
        Self { name, events, settings }
    }

    /// Returns the topics that have no placeholders, each once: what
    /// [`Backend::ready`](super::Backend::ready) asks for.
    #[must_use]
    pub fn topics(&self) -> Vec<&'static str> {
        let mut topics: Vec<_> =
            self.events.iter().filter(|event| event.fixed).map(|event| event.topic).collect();
        topics.sort_unstable();
        topics.dedup();
        topics
    }
}
