//! Which result or body a type is: chosen by probing the type, never by its text.
//!
//! An inherent method of `Probe` wins over the method of the same name of the one fallback trait.
//! So `Option<T>` is optional through aliases and newtypes, and inside a generic method the
//! declared bound decides. The steps are prefixed, or a user's blanket extension trait with a
//! method of the same name would break them.
#![expect(missing_docs, reason = "only generated code meets these")]
#![expect(clippy::must_use_candidate, reason = "as above")]

mod body;
mod codec;
mod fields;
mod part;
mod result;

use std::marker::PhantomData;

use http::{Request, Response};

pub use self::body::Raw;
pub(crate) use self::body::{Maybe, Present};
use self::codec::NoCodec;
pub use self::codec::is_codec;
pub use self::fields::{
    Fields, FieldsFallback, FormFields, NamedFields, NoFields, NoForm, QueryFields,
};
pub use self::part::{AsJson, AsParts, AsText, JsonPart, PartFallback};
pub(crate) use self::result::{Bare, IsResult, Optional, Reader, Required, Unsent, Whole};
pub use self::result::{
    ByCodec, CallError, Direct, MayBeAbsent, NoResult, Outcome, WithoutBody, narrowed,
};
use crate::body::Body;
use crate::codec::{FromBody, IntoBody};
use crate::error::Error;

/// Asks about a type; sendable whatever the type is.
#[derive(Debug)]
pub struct Probe<T: ?Sized>(PhantomData<fn() -> PhantomData<T>>);

impl<T: ?Sized> Clone for Probe<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Probe<T> {}

/// The probe of a type.
pub const fn probe<T: ?Sized>() -> Probe<T> {
    Probe(PhantomData)
}

/// The probe of an argument.
pub const fn probe_of<T>(_: &T) -> Probe<T> {
    Probe(PhantomData)
}

/// Asks what a return type holds.
impl<T, E> Probe<Result<T, E>> {
    pub const fn __feign_result(self) -> (Probe<T>, Probe<E>, IsResult) {
        (Probe(PhantomData), Probe(PhantomData), IsResult)
    }
}

/// Asks whether head and all are wanted.
impl<T> Probe<Response<T>> {
    pub const fn __feign_whole(self) -> (Probe<T>, Whole) {
        (Probe(PhantomData), Whole)
    }
}

impl<T> Probe<Option<T>> {
    pub const fn __feign_optional(self) -> (Probe<T>, Optional) {
        (Probe(PhantomData), Optional)
    }

    pub const fn __feign_present(self) -> (Probe<T>, Maybe) {
        (Probe(PhantomData), Maybe)
    }
}

impl<T: FromBody> Probe<T> {
    pub const fn __feign_decoder(self) -> Direct {
        Direct
    }
}

impl Probe<Request<Body>> {
    pub const fn __feign_decoder(self) -> Unsent {
        Unsent
    }
}

impl<T: IntoBody> Probe<T> {
    pub const fn __feign_encoder(self) -> Raw {
        Raw
    }
}

/// The answers for every type that has no better one.
pub trait Fallback: Sized + Copy {
    type T;
    fn __feign_result(self) -> (Probe<()>, Probe<Error>, NoResult);
    fn __feign_whole(self) -> (Probe<Self::T>, Bare);
    fn __feign_optional(self) -> (Probe<Self::T>, Required);
    fn __feign_present(self) -> (Probe<Self::T>, Present);
    fn __feign_decoder(self) -> ByCodec;
    fn __feign_encoder(self) -> ByCodec;
    fn __feign_codec(self) -> NoCodec;
}

impl<T> Fallback for Probe<T> {
    type T = T;

    fn __feign_result(self) -> (Probe<()>, Probe<Error>, NoResult) {
        (Probe(PhantomData), Probe(PhantomData), NoResult)
    }

    fn __feign_whole(self) -> (Self, Bare) {
        (self, Bare)
    }

    fn __feign_optional(self) -> (Self, Required) {
        (self, Required)
    }

    fn __feign_present(self) -> (Self, Present) {
        (self, Present)
    }

    fn __feign_decoder(self) -> ByCodec {
        ByCodec
    }

    fn __feign_encoder(self) -> ByCodec {
        ByCodec
    }

    fn __feign_codec(self) -> NoCodec {
        NoCodec
    }
}
