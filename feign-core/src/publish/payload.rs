//! The steps of a body: whether there is one, and who writes it.
#![expect(missing_docs, reason = "only generated code meets these")]
#![expect(clippy::must_use_candidate, reason = "as above")]

use super::fill::RecordBuilder;
use crate::codec::{Codec, Encoded, IntoBody, Writable};
use crate::error::BoxError;
use crate::probe::{ByCodec, Maybe, Present, Probe, Raw};

/// Writes a payload behind what is in the buffer.
#[derive(Debug)]
pub struct Payload<T> {
    pub(super) content_type: Option<&'static str>,
    pub(super) write: fn(T, &mut Vec<u8>) -> Result<(), BoxError>,
}

impl<T> Clone for Payload<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Payload<T> {}

impl Raw {
    pub fn payload<T: IntoBody>(self, _: Probe<T>) -> Payload<T> {
        Payload { content_type: T::CONTENT_TYPE, write: raw::<T> }
    }

    pub fn payload_by<C, T: IntoBody>(self, _: C, probe: Probe<T>) -> Payload<T> {
        self.payload(probe)
    }
}

impl ByCodec {
    pub fn payload<T: Encoded>(self, _: Probe<T>) -> Payload<T> {
        Payload { content_type: Some(T::CONTENT_TYPE), write: |value, out| value.write(out) }
    }

    pub fn payload_by<C: Codec, T: Writable>(self, _: C, _: Probe<T>) -> Payload<T> {
        let content_type = Some(C::CONTENT_TYPE);
        Payload { content_type, write: |value, out| C::encode_to(&value, out) }
    }
}

fn raw<T: IntoBody>(value: T, out: &mut Vec<u8>) -> Result<(), BoxError> {
    let body = value.into_body()?;
    let bytes = body.as_bytes().ok_or("a stream is no event, which is sent in one piece")?;
    out.extend_from_slice(bytes);
    Ok(())
}

impl Present {
    #[inline(never)]
    pub fn write<T>(self, record: &mut RecordBuilder, payload: Payload<T>, value: T) {
        record.payload(payload.content_type, |out| (payload.write)(value, out));
    }
}

impl Maybe {
    /// Without a value the record is a tombstone.
    pub fn write<T>(self, record: &mut RecordBuilder, payload: Payload<T>, value: Option<T>) {
        if let Some(value) = value {
            Present.write(record, payload, value);
        }
    }
}
