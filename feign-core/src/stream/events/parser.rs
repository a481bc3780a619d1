//! From lines to events: <https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation>.

use std::mem;
use std::time::Duration;

use memchr::memchr;

use super::Event;

/// What is known of the event that is being read, and of the stream.
#[derive(Default)]
pub(super) struct Parser {
    /// Whether the first line has come, before which a byte order mark may stand.
    begun: bool,
    /// Whether an event has ended: its data is cleared when the next line comes.
    ended: bool,
    data: String,
    event: String,
    retry: Option<Duration>,
    /// An id that holds from the end of this event on.
    next_id: Option<String>,
    last_id: Option<String>,
    delay: Option<Duration>,
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

impl Parser {
    /// Reads a line, without its end; returns whether it ends an event.
    pub(super) fn line(&mut self, mut line: &[u8]) -> bool {
        if mem::take(&mut self.ended) {
            self.data.clear();
        }
        if !mem::replace(&mut self.begun, true) {
            line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
        }
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = split(line);
        match field {
            b"data" => {
                self.data.push_str(&String::from_utf8_lossy(value));
                self.data.push('\n');
            }
            b"event" => self.event = text(value),
            b"id" if !value.contains(&0) => self.next_id = Some(text(value)),
            b"retry" if value.iter().all(u8::is_ascii_digit) => self.retry(value),
            // A comment has a field without a name.
            _ => {}
        }
        false
    }

    fn retry(&mut self, milliseconds: &[u8]) {
        // Nothing, and more than a clock can count, say nothing.
        if let Ok(milliseconds) = text(milliseconds).parse() {
            self.retry = Some(Duration::from_millis(milliseconds));
            self.delay = self.retry;
        }
    }

    fn dispatch(&mut self) -> bool {
        if let Some(id) = self.next_id.take() {
            self.last_id = Some(id);
        }
        self.ended = self.data.pop().is_some();
        if !self.ended {
            self.event.clear();
        }
        self.ended
    }

    /// Returns the event that has ended, and its data.
    pub(super) fn take(&mut self) -> (Event<()>, &mut String) {
        let mut event = Event::new(()).with_id(self.last_id.clone().unwrap_or_default());
        if !self.event.is_empty() {
            event.event = mem::take(&mut self.event).into();
        }
        event.retry = self.retry.take();
        (event, &mut self.data)
    }

    /// Prepares for another stream. Unlike what the standard's words say, and as browsers do, the id
    /// stays: or a stream that breaks off twice would begin anew.
    pub(super) fn restart(&mut self) {
        let Self { last_id, delay, .. } = mem::take(self);
        *self = Self { last_id, delay, ..Self::default() };
    }

    pub(super) const fn data(&mut self) -> &mut String {
        &mut self.data
    }

    /// The id of the last event that had one; `None` if there was none.
    pub(super) fn last_id(&self) -> Option<&str> {
        self.last_id.as_deref()
    }

    /// How long to wait before the call is made again, if the server has said so.
    pub(super) const fn delay(&self) -> Option<Duration> {
        self.delay
    }
}

/// Field and value, without the one space that may stand between.
fn split(line: &[u8]) -> (&[u8], &[u8]) {
    let (field, value) = line.split_at(memchr(b':', line).unwrap_or(line.len()));
    let value = value.get(1..).unwrap_or_default();
    (field, value.strip_prefix(b" ").unwrap_or(value))
}

/// No line end stands inside of a character, so that a line can be decoded alone.
fn text(value: &[u8]) -> String {
    String::from_utf8_lossy(value).into_owned()
}
