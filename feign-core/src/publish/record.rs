//! An event that is encoded: what a backend sends, and what an outbox keeps.

use std::borrow::Cow;
use std::fmt;

use super::error::{Error, Kind};
use super::{spare, topic};

/// An encoded event: topic, key, payload, headers.
///
/// A declared method that returns `Record` only encodes. The record is kept, as in a table of the
/// service's own database, and sent later by `kafka.send(record)`; serde writes and reads it.
///
/// ```
/// use feign::publish::Record;
///
/// let record = Record::new("orders.created.v1").with_key("42").with_payload("{}");
/// assert_eq!(record.key(), Some(&b"42"[..]));
/// # #[cfg(feature = "json")] {
/// let row = serde_json::to_string(&record)?;
/// assert_eq!(serde_json::from_str::<Record>(&row)?, record);
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Record {
    /// Boxed, since a record is handed from future to future, and each would copy it.
    pub(super) inner: Box<Inner>,
}

#[derive(Clone)]
pub(super) struct Inner {
    pub(super) topic: Cow<'static, str>,
    /// Key, headers and payload, one behind the other: one allocation for all of them.
    pub(super) buffer: Vec<u8>,
    pub(super) key: Option<Span>,
    pub(super) partition_key: Option<Span>,
    pub(super) payload: Option<Span>,
    pub(super) headers: Vec<(Cow<'static, str>, Span)>,
    pub(super) partition: Option<i32>,
    pub(super) timestamp: Option<i64>,
    pub(super) event: Option<&'static str>,
}

/// A place in the buffer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Record {
    /// Makes a record without key and payload: a tombstone of nothing yet.
    #[must_use]
    pub fn new(topic: impl Into<Cow<'static, str>>) -> Self {
        Self { inner: Box::new(Inner::new(topic.into())) }
    }

    /// As [`new`](Self::new), in the room that [`recycle`](Self::recycle) kept in this thread.
    pub(super) fn in_kept_room(topic: Cow<'static, str>) -> Self {
        match spare::take() {
            Some(mut inner) => {
                inner.topic = topic;
                Self { inner }
            }
            None => Self::new(topic),
        }
    }

    /// Ends a record whose bytes were copied: the next event that this thread declares is written in its place. A
    /// backend may drop it as well.
    pub fn recycle(self) {
        spare::keep(self.inner);
    }

    /// Sets the key: records of one key stay in order.
    #[must_use]
    pub fn with_key(mut self, key: impl AsRef<[u8]>) -> Self {
        self.inner.key = Some(self.push(key.as_ref()));
        self
    }

    /// Sets what the partition is chosen by, where that is not the key.
    #[must_use]
    pub fn with_partition_key(mut self, key: impl AsRef<[u8]>) -> Self {
        self.inner.partition_key = Some(self.push(key.as_ref()));
        self
    }

    /// Sets the payload; without one the record is a tombstone.
    #[must_use]
    pub fn with_payload(mut self, payload: impl AsRef<[u8]>) -> Self {
        self.inner.payload = Some(self.push(payload.as_ref()));
        self
    }

    /// Adds a header; one of the same name stays.
    #[must_use]
    pub fn with_header(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl AsRef<[u8]>,
    ) -> Self {
        self.add_header(name, value);
        self
    }

    /// Adds a header; one of the same name stays.
    pub fn add_header(&mut self, name: impl Into<Cow<'static, str>>, value: impl AsRef<[u8]>) {
        let value = self.push(value.as_ref());
        self.inner.headers.push((name.into(), value));
    }

    /// Adds a header where there is none of that name, and makes its value only then.
    pub fn ensure_header<V: AsRef<[u8]>>(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl FnOnce() -> V,
    ) {
        let name = name.into();
        if self.header(&name).is_none() {
            self.add_header(name, value());
        }
    }

    /// Sets the partition; the key has no say then.
    #[must_use]
    pub fn with_partition(mut self, partition: i32) -> Self {
        self.inner.partition = Some(partition);
        self
    }

    /// Sets the time of the event, in milliseconds since 1970.
    #[must_use]
    pub fn with_timestamp(mut self, millis: i64) -> Self {
        self.inner.timestamp = Some(millis);
        self
    }

    /// Returns the topic.
    #[must_use]
    pub fn topic(&self) -> &str {
        &self.inner.topic
    }

    /// Returns the key.
    #[must_use]
    pub fn key(&self) -> Option<&[u8]> {
        self.inner.key.map(|span| self.at(span))
    }

    /// Returns what the partition is chosen by: the partition key, else the key.
    #[must_use]
    pub fn partition_key(&self) -> Option<&[u8]> {
        self.inner.partition_key.or(self.inner.key).map(|span| self.at(span))
    }

    /// Returns whether the partition is chosen by something else than the key.
    #[must_use]
    pub fn has_partition_key(&self) -> bool {
        self.inner.partition_key.is_some()
    }

    /// Returns the payload; `None` is a tombstone.
    #[must_use]
    pub fn payload(&self) -> Option<&[u8]> {
        self.inner.payload.map(|span| self.at(span))
    }

    /// Returns the headers in their order.
    #[must_use]
    pub fn headers(&self) -> impl ExactSizeIterator<Item = (&str, &[u8])> {
        self.inner.headers.iter().map(|(name, value)| (&**name, self.at(*value)))
    }

    /// Returns the first header of a name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Returns the partition, where one is set.
    #[must_use]
    pub fn partition(&self) -> Option<i32> {
        self.inner.partition
    }

    /// Returns the time of the event, where one is set, in milliseconds since 1970.
    #[must_use]
    pub fn timestamp(&self) -> Option<i64> {
        self.inner.timestamp
    }

    /// Returns the declared event that made it, as `OrderEvents.created`; serde does not keep it.
    #[must_use]
    pub fn event(&self) -> Option<&'static str> {
        self.inner.event
    }

    /// Returns how many bytes it holds: key, payload, headers and their names.
    #[must_use]
    pub fn size(&self) -> usize {
        let names: usize = self.inner.headers.iter().map(|(name, _)| name.len()).sum();
        self.inner.buffer.len() + names
    }

    /// Says whether a backend may take it.
    ///
    /// # Errors
    ///
    /// When the topic is no name, the partition or the timestamp is negative, or a header has no name.
    pub fn check(&self) -> Result<(), Error> {
        self.check_rest(false, false)
    }

    /// As [`check`](Self::check), without what was checked when it was compiled.
    #[inline]
    pub(super) fn check_rest(
        &self,
        topic_is_good: bool,
        names_are_good: bool,
    ) -> Result<(), Error> {
        let numbers = self.inner.partition.is_some() || self.inner.timestamp.is_some();
        if topic_is_good && names_are_good && !numbers {
            return Ok(());
        }
        self.check_all(topic_is_good, names_are_good)
    }

    fn check_all(&self, topic_is_good: bool, names_are_good: bool) -> Result<(), Error> {
        let topic = if topic_is_good { None } else { topic::mistake(&self.inner.topic) };
        let mistake = topic
            .or_else(|| self.wrong_number())
            .or_else(|| if names_are_good { None } else { self.wrong_name() });
        match mistake {
            None => Ok(()),
            Some(reason) => Err(self.error(Kind::Invalid).with_reason(reason)),
        }
    }

    fn wrong_number(&self) -> Option<String> {
        if let Some(partition) = self.inner.partition.filter(|partition| *partition < 0) {
            return Some(format!("there is no partition {partition}"));
        }
        let millis = self.inner.timestamp.filter(|millis| *millis < 0)?;
        Some(format!("the timestamp {millis} is before 1970"))
    }

    fn wrong_name(&self) -> Option<String> {
        let unnamed =
            self.inner.headers.iter().any(|(name, _)| name.is_empty() || name.contains('\0'));
        unnamed.then(|| "a header has no name, or one with NUL in it".to_owned())
    }

    /// Makes an error that names the event and the topic.
    #[must_use]
    pub fn error(&self, kind: Kind) -> Error {
        let error = Error::new(kind).with_topic(self.inner.topic.escape_debug().to_string());
        match self.inner.event {
            Some(event) => error.with_event(event),
            None => error,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) -> Span {
        let start = self.inner.buffer.len();
        self.inner.buffer.extend_from_slice(bytes);
        Span { start, end: self.inner.buffer.len() }
    }

    fn at(&self, span: Span) -> &[u8] {
        self.inner.buffer.get(span.start..span.end).unwrap_or_default()
    }
}

impl Inner {
    fn new(topic: Cow<'static, str>) -> Self {
        Self {
            topic,
            buffer: Vec::new(),
            key: None,
            partition_key: None,
            payload: None,
            headers: Vec::new(),
            partition: None,
            timestamp: None,
            event: None,
        }
    }

    /// As new, but for the room.
    pub(super) fn clear(&mut self) {
        // Named one by one, so that none is forgotten.
        let Self {
            topic,
            buffer,
            key,
            partition_key,
            payload,
            headers,
            partition,
            timestamp,
            event,
        } = self;
        *topic = Cow::Borrowed("");
        buffer.clear();
        headers.clear();
        (*key, *partition_key, *payload) = (None, None, None);
        (*partition, *timestamp, *event) = (None, None, None);
    }
}

/// Equal in what is sent, wherever it lies.
impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        let own = |record: &Self| {
            (record.inner.partition, record.inner.timestamp, record.has_partition_key())
        };
        self.inner.topic == other.inner.topic
            && self.key() == other.key()
            && self.partition_key() == other.partition_key()
            && self.payload() == other.payload()
            && own(self) == own(other)
            && self.headers().eq(other.headers())
    }
}

impl Eq for Record {}

/// Shows no payload and no header's value, which may be secret.
impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers().map(|(name, _)| name).collect();
        f.debug_struct("Record")
            .field("topic", &self.inner.topic)
            .field("key", &self.key().map(String::from_utf8_lossy))
            .field("payload", &self.payload().map(<[u8]>::len))
            .field("headers", &names)
            .field("partition", &self.inner.partition)
            .field("timestamp", &self.inner.timestamp)
            .finish()
    }
}
