//! The steps of a body: whether there is one, and who writes it.
#![expect(missing_docs, unnameable_types, reason = "only generated code meets these")]
#![expect(clippy::must_use_candidate, reason = "as above")]

use super::{ByCodec, Probe};
use crate::body::Body;
use crate::codec::{Codec, Encoded, IntoBody, Writable};
use crate::error::BoxError;
use crate::request::RequestBuilder;
use crate::secret;

/// `Option<T>` as a body: `None` sends none.
#[derive(Clone, Copy, Debug)]
pub struct Maybe;
/// A body that is there.
#[derive(Clone, Copy, Debug)]
pub struct Present;
/// The value is a body by itself.
#[derive(Clone, Copy, Debug)]
pub struct Raw;

/// Writes a body.
#[derive(Debug)]
pub struct Encoder<T> {
    content_type: Option<&'static str>,
    encode: fn(T) -> Result<Body, BoxError>,
}

impl<T> Clone for Encoder<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Encoder<T> {}

impl<T> Encoder<T> {
    pub(super) const fn new(
        content_type: &'static str,
        encode: fn(T) -> Result<Body, BoxError>,
    ) -> Self {
        Self { content_type: Some(content_type), encode }
    }
}

impl Raw {
    pub fn encoder<T: IntoBody>(self, _: Probe<T>) -> Encoder<T> {
        Encoder { content_type: T::CONTENT_TYPE, encode: T::into_body }
    }
}

impl ByCodec {
    pub fn encoder<T: Encoded>(self, _: Probe<T>) -> Encoder<T> {
        Encoder::new(T::CONTENT_TYPE, |value| value.encode())
    }
}

impl Raw {
    pub fn encoder_by<C, T: IntoBody>(self, _: C, probe: Probe<T>) -> Encoder<T> {
        self.encoder(probe)
    }
}

impl ByCodec {
    pub fn encoder_by<C: Codec, T: Writable>(self, _: C, _: Probe<T>) -> Encoder<T> {
        Encoder::new(C::CONTENT_TYPE, |value| C::encode(&value).map(Body::from))
    }
}

impl Present {
    #[inline(never)]
    pub fn encode<T>(self, request: &mut RequestBuilder, encoder: Encoder<T>, value: T) {
        let Encoder { content_type, encode } = encoder;
        let (body, has_secret) = secret::seen(|| encode(value));
        if has_secret {
            request.hide_body();
        }
        request.body(content_type, body);
    }
}

impl Maybe {
    pub fn encode<T>(self, request: &mut RequestBuilder, encoder: Encoder<T>, value: Option<T>) {
        if let Some(value) = value {
            Present.encode(request, encoder, value);
        }
    }
}
