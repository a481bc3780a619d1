//! What an observer is told of a backend of publishers.

/// Something that has become of a backend of publishers.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Producing<'a> {
    /// A connection failed, or was not let in; the client tries again by itself.
    ConnectionFailed {
        /// Which one and why, in the client's words.
        cause: &'a str,
    },
    /// No broker can be reached; events wait in line until their time is over.
    Down {
        /// Why, in the client's words.
        cause: &'a str,
    },
    /// A broker acknowledged an event again.
    Up,
    /// The producer cannot go on: every event fails until it is made anew.
    Fatal {
        /// Why, in the client's words.
        reason: &'a str,
    },
    /// An event is sent once more, alone, since the batch that it went in was refused for another one.
    SentAlone {
        /// Its topic.
        topic: &'a str,
    },
    /// The client's own count.
    Statistics(Statistics<'a>),
}

/// What a client counts. Numbers that it does not count are 0.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Statistics<'a> {
    /// Events that wait in the client or are on their way.
    pub queued: u64,
    /// Their bytes.
    pub queued_bytes: u64,
    /// Events that were sent since the client was made, repeated sends too.
    pub sent: u64,
    /// Their bytes, before they were compressed.
    pub sent_bytes: u64,
    /// Brokers that are known.
    pub brokers: usize,
    /// Those of them that are connected.
    pub brokers_up: usize,
    /// All of it in the client's own form: of Kafka the JSON of librdkafka's `STATISTICS.md`.
    pub raw: &'a str,
}

impl<'a> Statistics<'a> {
    /// Begins with the client's own form.
    #[must_use]
    pub const fn of(raw: &'a str) -> Self {
        Self { queued: 0, queued_bytes: 0, sent: 0, sent_bytes: 0, brokers: 0, brokers_up: 0, raw }
    }
}
