//! Which result or body a type is: chosen by probing the type, never by its text.
//!
//! An inherent method of `Probe` wins over the method of the same name of the one fallback trait.
//! So `Option<T>` is optional through aliases and newtypes, and inside a generic method the
//! declared bound decides. The steps are prefixed, or a user's blanket extension trait with a
//! method of the same name would break them.
#![expect(missing_docs, unnameable_types, reason = "only generated code meets these")]
#![expect(clippy::must_use_candidate, reason = "as above")]

use std::marker::PhantomData;

use http::{Request, Response};

use crate::body::Body;
use crate::codec::{Answer, Content, Decoded, Encoded, FromBody, IntoBody, Shape};
use crate::error::Error;
use crate::request::RequestBuilder;

/// Asks about a type; sendable whatever the type is.
#[derive(Debug)]
pub struct Probe<T: ?Sized>(PhantomData<fn() -> PhantomData<T>>);

impl<T: ?Sized> Clone for Probe<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Probe<T> {}

/// The return type of a declared method: `Result<T, E>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the return type of an operation",
    label = "not a `Result`",
    note = "help: write `Result<T, E>`, where `E` is `feign::Error` or has `From<feign::Error>`"
)]
pub trait Outcome {
    /// The result.
    type Value;
    /// The error.
    type Error;
}

impl<T, E> Outcome for Result<T, E> {
    type Value = T;
    type Error = E;
}

/// An error type that takes every failure of a call.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the error of an operation",
    label = "no `From<feign::Error>`",
    note = "help: derive `feign::ErrorMap` for it, or write `impl From<feign::Error>`; `feign::Error` itself is one too"
)]
pub trait CallError: From<Error> {}

#[diagnostic::do_not_recommend]
impl<E: From<Error>> CallError for E {}

/// The probes of a return type: of its result and of its error.
pub const fn probes<R: Outcome>() -> (Probe<R::Value>, Probe<R::Error>) {
    (Probe(PhantomData), Probe(PhantomData))
}

/// The probe of an argument.
pub const fn probe_of<T>(_: &T) -> Probe<T> {
    Probe(PhantomData)
}

// === the steps of a result ===

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
    fn __feign_whole(self) -> (Probe<Self::T>, Bare);
    fn __feign_optional(self) -> (Probe<Self::T>, Required);
    fn __feign_present(self) -> (Probe<Self::T>, Present);
    fn __feign_decoder(self) -> ByCodec;
    fn __feign_encoder(self) -> ByCodec;
}

impl<T> Fallback for Probe<T> {
    type T = T;

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
}

// === what the steps answer ===

/// `Response<T>`: head and value.
#[derive(Clone, Copy, Debug)]
pub struct Whole;
/// The value alone.
#[derive(Clone, Copy, Debug)]
pub struct Bare;
/// `Option<T>`: may be missing.
#[derive(Clone, Copy, Debug)]
pub struct Optional;
/// Must be there.
#[derive(Clone, Copy, Debug)]
pub struct Required;
/// The type reads itself.
#[derive(Clone, Copy, Debug)]
pub struct Direct;
/// The codec reads or writes it.
#[derive(Clone, Copy, Debug)]
pub struct ByCodec;
/// The request is wanted, not the answer.
#[derive(Clone, Copy, Debug)]
pub struct Unsent;

/// Reads the innermost type of a result.
#[derive(Debug)]
pub struct Reader<T> {
    pub(crate) shape: Shape,
    pub(crate) read: fn(Answer) -> Result<T, Error>,
}

impl<T> Clone for Reader<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Reader<T> {}

impl Direct {
    pub const fn reader<T: FromBody>(self, _: Probe<T>) -> Reader<T> {
        let shape = Shape {
            buffered: T::BUFFERED,
            unsent: false,
            accept: T::ACCEPT,
            empty_is_none: T::EMPTY_IS_NONE,
        };
        Reader { shape, read: T::from_body }
    }
}

impl ByCodec {
    pub const fn reader<T: Decoded>(self, _: Probe<T>) -> Reader<T> {
        let shape = Shape {
            buffered: true,
            unsent: false,
            accept: Some("application/json"),
            empty_is_none: true,
        };
        Reader { shape, read: T::decode }
    }
}

impl Unsent {
    pub const fn reader(self, _: Probe<Request<Body>>) -> Reader<Request<Body>> {
        let shape = Shape { buffered: false, unsent: true, accept: None, empty_is_none: false };
        Reader { shape, read: unsent }
    }
}

fn unsent(answer: Answer) -> Result<Request<Body>, Error> {
    match answer.content {
        Content::Unsent(request) => Ok(*request),
        Content::Buffered(_) | Content::Stream(_) => {
            Err(Error::build("the request was sent, although it was wanted unsent"))
        }
    }
}

// === the steps of a body ===

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
pub trait Encoder<T> {
    fn encode(self, request: &mut RequestBuilder, value: T);
}

impl<T: IntoBody> Encoder<T> for Raw {
    fn encode(self, request: &mut RequestBuilder, value: T) {
        request.body(T::CONTENT_TYPE, value.into_body());
    }
}

impl<T: Encoded> Encoder<T> for ByCodec {
    fn encode(self, request: &mut RequestBuilder, value: T) {
        request.body(Some(T::CONTENT_TYPE), value.encode());
    }
}

impl Present {
    pub fn encode<T>(self, request: &mut RequestBuilder, encoder: impl Encoder<T>, value: T) {
        encoder.encode(request, value);
    }
}

impl Maybe {
    pub fn encode<T>(
        self,
        request: &mut RequestBuilder,
        encoder: impl Encoder<T>,
        value: Option<T>,
    ) {
        if let Some(value) = value {
            encoder.encode(request, value);
        }
    }
}
