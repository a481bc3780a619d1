//! Arguments that are no body: key, headers, partition, timestamp.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;

use super::buffer::Buffer;
use crate::param::{Displayed, Param, Serialized, Text};
use crate::template::Allow;

/// An argument marked `#[key]` or `#[partition_key]`: one text, bytes, or none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a key",
    label = "not text, bytes, or an `Option` of them",
    note = "help: derive `feign::Param` for it (a newtype or an enum of unit variants), or mark it `#[key(display)]`, \
            `#[key(serde)]` or `#[key(with = path::to_text)]`"
)]
pub trait KeyParam {
    /// Writes the bytes; returns whether there are any.
    fn write(&self, out: &mut Octets<'_>) -> bool;
}

/// An argument marked `#[header]`: one text, bytes, or none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a header of an event",
    label = "not text, bytes, or an `Option` of them",
    note = "help: derive `feign::Param` for it (a newtype or an enum of unit variants), or mark it \
            `#[header(display)]`, `#[header(serde)]` or `#[header(with = path::to_text)]`"
)]
pub trait EventHeaderParam: KeyParam {}

#[diagnostic::do_not_recommend]
impl<T: KeyParam + ?Sized> EventHeaderParam for T {}

/// Receives the bytes of one argument.
#[derive(Debug)]
pub struct Octets<'a> {
    buffer: &'a mut Buffer,
    refused: Option<&'static str>,
}

impl<'a> Octets<'a> {
    pub(super) const fn new(buffer: &'a mut Buffer) -> Self {
        Self { buffer, refused: None }
    }

    /// Appends bytes as they are.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.octets().extend_from_slice(bytes);
    }

    /// Appends the text of a value.
    pub fn text<P: Param + ?Sized>(&mut self, value: &P) {
        self.write(|sink| value.text(sink));
    }

    fn write<T>(&mut self, write: impl FnOnce(&mut Text<'_>) -> T) -> T {
        match self.buffer {
            Buffer::Text(text) => {
                let mut sink = Text::new(text, Allow::Content, None);
                let written = write(&mut sink);
                self.refused = self.refused.or(sink.refused());
                written
            }
            Buffer::Octets(octets) => {
                let mut text = String::new();
                let mut sink = Text::new(&mut text, Allow::Content, None);
                let written = write(&mut sink);
                self.refused = self.refused.or(sink.refused());
                octets.extend_from_slice(text.as_bytes());
                written
            }
        }
    }

    pub(super) const fn refused(&self) -> Option<&'static str> {
        self.refused
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param + ?Sized> KeyParam for T {
    fn write(&self, out: &mut Octets<'_>) -> bool {
        out.text(self);
        true
    }
}

#[diagnostic::do_not_recommend]
impl<T: KeyParam> KeyParam for Option<T> {
    fn write(&self, out: &mut Octets<'_>) -> bool {
        self.as_ref().is_some_and(|value| value.write(out))
    }
}

#[diagnostic::do_not_recommend]
impl<T: serde::Serialize + ?Sized> KeyParam for Serialized<'_, T> {
    fn write(&self, out: &mut Octets<'_>) -> bool {
        out.write(|sink| crate::param::HashKeyParam::hash_key(self, sink))
    }
}

macro_rules! octets {
    ($($type:ty),*) => {$(
        impl KeyParam for $type {
            fn write(&self, out: &mut Octets<'_>) -> bool {
                out.push(self.as_ref());
                true
            }
        }

        impl KeyParam for &$type {
            fn write(&self, out: &mut Octets<'_>) -> bool {
                (**self).write(out)
            }
        }
    )*};
}
octets!([u8], Vec<u8>, Bytes);

impl<const N: usize> KeyParam for [u8; N] {
    fn write(&self, out: &mut Octets<'_>) -> bool {
        out.push(self);
        true
    }
}

/// An argument marked `#[headers]`: names and values.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be several headers of an event",
    label = "not names and values",
    note = "help: write a map, or a slice of pairs of name and value; one header is marked `#[header(\"name\")]`"
)]
pub trait EventHeadersParam {
    /// Shows each header to `out`.
    fn headers(&self, out: &mut Pairs<'_>);
}

/// Receives names and values.
pub struct Pairs<'a>(pub(super) &'a mut dyn FnMut(&dyn Param, &dyn KeyParam));

impl Pairs<'_> {
    /// Adds a header.
    pub fn push(&mut self, name: &dyn Param, value: &dyn KeyParam) {
        (self.0)(name, value);
    }
}

impl std::fmt::Debug for Pairs<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pairs").finish_non_exhaustive()
    }
}

impl<T: EventHeadersParam> EventHeadersParam for Option<T> {
    fn headers(&self, out: &mut Pairs<'_>) {
        if let Some(headers) = self {
            headers.headers(out);
        }
    }
}

impl<T: EventHeadersParam + ?Sized> EventHeadersParam for &T {
    fn headers(&self, out: &mut Pairs<'_>) {
        (**self).headers(out);
    }
}

macro_rules! pairs {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        impl<K: Param, V: KeyParam, $($generics)*> EventHeadersParam for $type {
            fn headers(&self, out: &mut Pairs<'_>) {
                for (name, value) in self.iter() {
                    out.push(name, value);
                }
            }
        }
    )*};
}
pairs! { [] BTreeMap<K, V>; [S: BuildHasher] HashMap<K, V, S>; [] [(K, V)]; [] Vec<(K, V)>; [const N: usize] [(K, V); N]; }

/// An argument marked `#[partition]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a partition",
    label = "not a partition",
    note = "help: write `i32`, `u32` or `u16`, or an `Option` of one"
)]
pub trait PartitionParam {
    /// Returns the partition; an error where there can be none of that number.
    ///
    /// # Errors
    ///
    /// When the number is none of a partition.
    fn partition(&self) -> Result<Option<i32>, &'static str>;
}

macro_rules! partition {
    ($($type:ty),*) => {$(
        impl PartitionParam for $type {
            fn partition(&self) -> Result<Option<i32>, &'static str> {
                let partition = i32::try_from(*self).ok().filter(|partition| *partition >= 0);
                partition.map(Some).ok_or("there is no partition of that number")
            }
        }
    )*};
}
partition!(i32, u32, u16);

impl<T: PartitionParam> PartitionParam for Option<T> {
    fn partition(&self) -> Result<Option<i32>, &'static str> {
        self.as_ref().map_or(Ok(None), PartitionParam::partition)
    }
}

/// An argument marked `#[timestamp]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the timestamp of an event",
    label = "not a time",
    note = "help: write `std::time::SystemTime`, a time of `chrono`, `jiff` or `time` (each behind its feature), or \
            `i64` for milliseconds since 1970; or an `Option` of one"
)]
pub trait TimestampParam {
    /// Returns milliseconds since 1970.
    fn millis(&self) -> Option<i64>;
}

impl TimestampParam for i64 {
    fn millis(&self) -> Option<i64> {
        Some(*self)
    }
}

impl TimestampParam for SystemTime {
    /// A time before 1970 is negative, which is refused.
    fn millis(&self) -> Option<i64> {
        let millis = |since: std::time::Duration| i64::try_from(since.as_millis()).ok();
        match self.duration_since(UNIX_EPOCH) {
            Ok(since) => millis(since),
            Err(before) => millis(before.duration()).map(|millis| -millis.max(1)),
        }
    }
}

impl<T: TimestampParam> TimestampParam for Option<T> {
    fn millis(&self) -> Option<i64> {
        self.as_ref().and_then(TimestampParam::millis)
    }
}

impl<T: TimestampParam + ?Sized> TimestampParam for &T {
    fn millis(&self) -> Option<i64> {
        (**self).millis()
    }
}

#[cfg(feature = "chrono")]
impl<Z: chrono::TimeZone> TimestampParam for chrono::DateTime<Z> {
    fn millis(&self) -> Option<i64> {
        Some(self.timestamp_millis())
    }
}

#[cfg(feature = "jiff")]
impl TimestampParam for jiff::Timestamp {
    fn millis(&self) -> Option<i64> {
        Some(self.as_millisecond())
    }
}

#[cfg(feature = "time")]
impl TimestampParam for time::OffsetDateTime {
    fn millis(&self) -> Option<i64> {
        i64::try_from(self.unix_timestamp_nanos() / 1_000_000).ok()
    }
}

const _: () = {
    const fn is_key<T: KeyParam + ?Sized>() {}
    is_key::<str>();
    is_key::<Displayed<'_, str>>();
    is_key::<Option<&[u8]>>();
};
