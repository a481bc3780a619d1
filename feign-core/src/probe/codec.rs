//! The step of a codec: the one that a declaration names.
#![expect(missing_docs, unnameable_types, reason = "only generated code meets these")]
#![expect(clippy::must_use_candidate, reason = "as above")]

use std::marker::PhantomData;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Probe;
use crate::codec::{Codec, Undecoded};
use crate::error::BoxError;

/// Asks for a codec once, where a declaration names it.
pub const fn is_codec<C: Codec>() {}

/// The codec that a declaration names, or [`NoCodec`]: one that is none is told of by [`is_codec`] only, and
/// not wherever it is used.
#[derive(Clone, Copy, Debug)]
pub struct By<C>(PhantomData<fn() -> C>);

impl<C: Codec> Probe<C> {
    pub const fn __feign_codec(self) -> By<C> {
        By(PhantomData)
    }
}

#[diagnostic::do_not_recommend]
impl<C: Codec> Codec for By<C> {
    const CONTENT_TYPE: &'static str = C::CONTENT_TYPE;

    fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Bytes, BoxError> {
        C::encode(value)
    }

    fn encode_to<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) -> Result<(), BoxError> {
        C::encode_to(value, out)
    }

    fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Undecoded> {
        C::decode(bytes)
    }

    fn is_null(bytes: &[u8]) -> bool {
        C::is_null(bytes)
    }
}

/// Stands for what is no codec, in code that does not compile.
#[derive(Clone, Copy, Debug)]
pub struct NoCodec;

#[diagnostic::do_not_recommend]
impl Codec for NoCodec {
    const CONTENT_TYPE: &'static str = "";

    fn encode<T: Serialize + ?Sized>(_: &T) -> Result<Bytes, BoxError> {
        Err("not a codec".into())
    }

    fn decode<T: DeserializeOwned>(_: &[u8]) -> Result<T, Undecoded> {
        Err(Undecoded::new("not a codec"))
    }
}
