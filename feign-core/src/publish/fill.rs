//! What a generated method fills: a record, or the first reason why there is none.
#![expect(missing_docs, reason = "only generated code meets these")]
#![expect(clippy::must_use_candidate, reason = "as above")]

use std::borrow::Cow;
use std::mem;

use super::buffer::Buffer;
use super::error::{Error, Kind};
use super::event::Event;
use super::handle::Handle;
use super::param::{
    EventHeaderParam, EventHeadersParam, KeyParam, Octets, Pairs, PartitionParam, TimestampParam,
};
use super::record::{Record, Span};
use crate::error::BoxError;
use crate::param::{Param, Text};
use crate::template::Allow;

/// The first size of a buffer: key, headers and a small body, without growing.
const ROOM: usize = 256;
/// The most that [`RecordBuilder::finish`] adds to a CloudEvent.
const CLOUD_HEADERS: usize = 5;

/// Fills a record; keeps the first failure, so that the generated method has no early exit.
#[derive(Debug)]
pub struct RecordBuilder {
    event: &'static Event,
    /// Its buffer is filled last.
    record: Record,
    buffer: Buffer,
    content_type: Option<&'static str>,
    /// How many of the first headers the declaration brought.
    inherited: usize,
    /// Whether every header's name was checked when it was compiled.
    names_are_good: bool,
    failure: Option<Error>,
}

impl RecordBuilder {
    pub fn new(event: &'static Event) -> Self {
        let topic =
            if event.fixed { Cow::Borrowed(event.topic) } else { Cow::Owned(String::new()) };
        let mut record = Record::in_kept_room(topic);
        record.inner.event = Some(event.name);
        let buffer = Buffer::new(mem::take(&mut record.inner.buffer), ROOM);
        let mut builder = Self {
            event,
            record,
            buffer,
            content_type: None,
            inherited: event.headers.len(),
            names_are_good: true,
            failure: None,
        };
        builder.declare();
        builder
    }

    /// Makes room for the headers, and adds those that are always sent.
    fn declare(&mut self) {
        let Event { headers, arguments, cloud_events, .. } = self.event;
        let cloud = if cloud_events.is_some() { CLOUD_HEADERS } else { 0 };
        self.record.inner.headers.reserve_exact(headers.len() + arguments.len() + cloud);
        for (name, value) in *headers {
            self.push_header(name, value);
        }
    }

    /// Appends a piece of the topic that is the same in every call.
    pub fn topic(&mut self, text: &'static str) {
        self.record.inner.topic.to_mut().push_str(text);
    }

    /// Appends what was given for a placeholder when the publisher was made.
    pub fn setting(&mut self, publisher: &Handle, name: &'static str) {
        self.record.inner.topic.to_mut().push_str(publisher.setting(name));
    }

    /// Makes the record of a method that a mistake left without a topic.
    pub fn finish(mut self) -> Result<Record, Error> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        if let Some(cloud) = &self.event.cloud_events {
            let id = crate::idempotency::uuid()
                .map_err(|source| self.record.error(Kind::Invalid).with_source(source))?;
            let content_type = self.content_type.filter(|_| self.record.inner.payload.is_some());
            self.default_header("ce_specversion", "1.0");
            self.default_header("ce_id", &id);
            self.default_header("ce_type", cloud.ty);
            self.default_header("ce_source", cloud.source);
            if let Some(content_type) = content_type {
                self.default_header("content-type", content_type);
            }
        }
        self.record.check_rest(self.event.fixed, self.names_are_good)?;
        self.record.inner.buffer = self.buffer.into_octets();
        Ok(self.record)
    }

    fn default_header(&mut self, name: &'static str, value: &str) {
        if self.record.inner.headers.iter().all(|(known, _)| known != name) {
            self.push_header(name, value);
        }
    }

    fn push_header(&mut self, name: &'static str, value: &str) {
        let start = self.buffer.len();
        self.buffer.push_str(value);
        let value = self.since(start);
        self.record.inner.headers.push((Cow::Borrowed(name), value));
    }

    /// What was appended since the buffer was so long.
    fn since(&self, start: usize) -> Span {
        Span { start, end: self.buffer.len() }
    }

    pub(super) fn payload(
        &mut self,
        content_type: Option<&'static str>,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), BoxError>,
    ) {
        let start = self.buffer.len();
        match write(self.buffer.octets()) {
            Ok(()) => {
                self.record.inner.payload = Some(self.since(start));
                self.content_type = content_type;
            }
            Err(source) => {
                let error = self.record.error(Kind::Encode).with_source(source);
                self.failure.get_or_insert(error);
            }
        }
    }

    fn octets<T: KeyParam + ?Sized>(&mut self, argument: &str, value: &T) -> Option<Span> {
        let start = self.buffer.len();
        let mut out = Octets::new(&mut self.buffer);
        let present = value.write(&mut out);
        if let Some(why) = out.refused() {
            self.refuse(argument, why);
        }
        present.then(|| self.since(start))
    }

    #[inline]
    fn add_header(&mut self, name: Cow<'static, str>, value: Span) {
        if self.inherited > 0 {
            self.take_place_of(&name);
        }
        self.record.inner.headers.push((name, value));
    }

    /// A header that is written again takes the place of a declared one.
    fn take_place_of(&mut self, name: &str) {
        let mut declared = self.record.inner.headers.iter().take(self.inherited);
        if let Some(at) = declared.position(|(known, _)| known == name) {
            self.record.inner.headers.remove(at);
            self.inherited -= 1;
        }
    }

    #[cold]
    fn refuse(&mut self, argument: &str, why: &str) {
        let error = self.record.error(Kind::Invalid).with_reason(format!("`{argument}`: {why}"));
        self.failure.get_or_insert(error);
    }
}

/// Appends the text of an argument to the topic.
pub fn topic_value<T: Param + ?Sized>(
    record: &mut RecordBuilder,
    argument: &'static str,
    value: &T,
) {
    let mut sink = Text::new(record.record.inner.topic.to_mut(), Allow::All, None);
    let value: &dyn Param = &value;
    value.text(&mut sink);
    if let Some(why) = sink.refused() {
        record.refuse(argument, why);
    }
}

pub fn key<T: KeyParam + ?Sized>(record: &mut RecordBuilder, argument: &'static str, value: &T) {
    record.record.inner.key = record.octets(argument, value);
}

pub fn partition_key<T: KeyParam + ?Sized>(
    record: &mut RecordBuilder,
    argument: &'static str,
    value: &T,
) {
    record.record.inner.partition_key = record.octets(argument, value);
}

pub fn header<T: EventHeaderParam + ?Sized>(
    record: &mut RecordBuilder,
    name: &'static str,
    argument: &'static str,
    value: &T,
) {
    if let Some(value) = record.octets(argument, value) {
        record.add_header(Cow::Borrowed(name), value);
    }
}

pub fn headers<T: EventHeadersParam + ?Sized>(
    record: &mut RecordBuilder,
    argument: &'static str,
    value: &T,
) {
    value.headers(&mut Pairs(&mut |name, value| {
        let mut text = String::new();
        let mut sink = Text::new(&mut text, Allow::All, None);
        name.text(&mut sink);
        if let Some(why) = sink.refused() {
            record.refuse(argument, why);
        }
        if let Some(value) = record.octets(argument, value) {
            record.names_are_good = false;
            record.add_header(Cow::Owned(text), value);
        }
    }));
}

pub fn partition<T: PartitionParam + ?Sized>(
    record: &mut RecordBuilder,
    argument: &'static str,
    value: &T,
) {
    match value.partition() {
        Ok(partition) => record.record.inner.partition = partition,
        Err(why) => record.refuse(argument, why),
    }
}

pub fn timestamp<T: TimestampParam + ?Sized>(
    record: &mut RecordBuilder,
    _: &'static str,
    value: &T,
) {
    record.record.inner.timestamp = value.millis();
}
