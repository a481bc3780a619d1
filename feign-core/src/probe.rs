//! Which result or body a type is: chosen by probing the type, never by its text.
//!
//! An inherent method of `Probe` wins over the method of the same name of the one fallback trait.
//! So `Option<T>` is optional through aliases and newtypes, and inside a generic method the
//! declared bound decides. The steps are prefixed, or a user's blanket extension trait with a
//! method of the same name would break them.
#![expect(missing_docs, unnameable_types, reason = "only generated code meets these")]
#![expect(clippy::must_use_candidate, reason = "as above")]

use std::future::Pending;
use std::marker::PhantomData;

use http::{Request, Response};
use serde::Serialize;

use crate::body::Body;
use crate::codec::{Answer, Content, Decoded, Encoded, FromBody, IntoBody, Shape};
use crate::error::{BoxError, Error};
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

/// What the return type of a declared method is not, where this is asked for: nothing implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the return type of an operation",
    label = "not a `Result`",
    note = "help: write `Result<T, E>`, where `E` is `feign::Error` or has `From<feign::Error>`"
)]
pub trait Outcome {}

/// An error type that takes every failure of a call.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the error of an operation",
    label = "no `From<feign::Error>`",
    note = "help: derive `feign::ErrorMap` for it, or write `impl From<feign::Error>`; `feign::Error` itself is one too"
)]
pub trait CallError: From<Error> {}

#[diagnostic::do_not_recommend]
impl<E: From<Error>> CallError for E {}

/// The probe of a type.
pub const fn probe<T: ?Sized>() -> Probe<T> {
    Probe(PhantomData)
}

/// The probe of an argument.
pub const fn probe_of<T>(_: &T) -> Probe<T> {
    Probe(PhantomData)
}

// === the steps of a result ===

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
}

// === what the steps answer ===

/// `Result<T, E>`: the call is what is returned.
#[derive(Clone, Copy, Debug)]
pub struct IsResult;
/// Anything else: refused once, by a bound that nothing meets, and nothing follows from it.
#[derive(Clone, Copy, Debug)]
pub struct NoResult;

impl IsResult {
    pub fn returned<R, F>(self, _: Probe<R>, call: F) -> F {
        call
    }
}

impl NoResult {
    pub fn returned<R: Outcome, F>(self, _: Probe<R>, _: F) -> Pending<R> {
        std::future::pending()
    }
}

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
    /// The reader of an answer to HEAD.
    pub fn headless<T: WithoutBody + FromBody>(self, probe: Probe<T>) -> Reader<T> {
        self.reader(probe)
    }

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

/// A result that wants no body.
#[diagnostic::on_unimplemented(
    message = "`{Self}` wants a body, and the answer to HEAD has none",
    label = "never there",
    note = "help: write `()`, `Option<()>` or `Response<()>`"
)]
pub trait WithoutBody {}

impl WithoutBody for () {}

impl ByCodec {
    /// The reader of an answer to HEAD.
    pub fn headless<T: WithoutBody + Decoded>(self, probe: Probe<T>) -> Reader<T> {
        self.reader(probe)
    }

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
    pub const fn headless(self, probe: Probe<Request<Body>>) -> Reader<Request<Body>> {
        self.reader(probe)
    }

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
#[derive(Debug)]
pub struct Encoder<T> {
    content_type: Option<&'static str>,
    encode: fn(T) -> Result<Body, BoxError>,
}

impl Raw {
    pub fn encoder<T: IntoBody>(self, _: Probe<T>) -> Encoder<T> {
        Encoder { content_type: T::CONTENT_TYPE, encode: T::into_body }
    }
}

impl ByCodec {
    pub fn encoder<T: Encoded>(self, _: Probe<T>) -> Encoder<T> {
        Encoder { content_type: Some(T::CONTENT_TYPE), encode: |value| value.encode() }
    }
}

impl Present {
    pub fn encode<T>(self, request: &mut RequestBuilder, encoder: Encoder<T>, value: T) {
        let Encoder { content_type, encode } = encoder;
        request.body(content_type, encode(value));
    }
}

impl Maybe {
    pub fn encode<T>(self, request: &mut RequestBuilder, encoder: Encoder<T>, value: Option<T>) {
        if let Some(value) = value {
            Present.encode(request, encoder, value);
        }
    }
}

// === the steps of a flattened query ===

/// A struct or a map.
#[derive(Clone, Copy, Debug)]
pub struct Fields;
/// A single value or a list, which has no names to send.
#[derive(Clone, Copy, Debug)]
pub struct NoFields;

/// What `#[query(flatten)]` takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be flattened into a query",
    label = "not `Serialize`",
    note = "help: derive `serde::Serialize` for it, or mark the argument `#[query]`"
)]
pub trait QueryFields: Serialize {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> QueryFields for T {}

/// What `#[query(flatten)]` asks of a list or a single value: nothing implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no named fields to flatten into a query",
    label = "not a struct or a map",
    note = "help: mark the argument `#[query]`, under its own name"
)]
pub trait NamedFields {}

/// The answer for every type that is not known to have no names.
pub trait FieldsFallback: Sized {
    fn __feign_fields(self) -> Fields;
}

impl<T: ?Sized> FieldsFallback for Probe<T> {
    fn __feign_fields(self) -> Fields {
        Fields
    }
}

macro_rules! no_fields {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        impl<$($generics)*> Probe<$type> {
            pub const fn __feign_fields(self) -> NoFields {
                NoFields
            }
        }
    )*};
}
no_fields! {
    [T] [T]; [T] Vec<T>; [T, const N: usize] [T; N]; [] str; [] String; [] bool; [] char; [] f32; [] f64;
    [] u8; [] u16; [] u32; [] u64; [] u128; [] usize; [] i8; [] i16; [] i32; [] i64; [] i128; [] isize;
}

impl Fields {
    pub fn flatten<T: QueryFields + ?Sized>(
        self,
        request: &mut RequestBuilder,
        argument: &'static str,
        value: &T,
    ) {
        crate::push::query_flatten(request, argument, value);
    }
}

impl NoFields {
    pub fn flatten<T: NamedFields + ?Sized>(self, _: &mut RequestBuilder, _: &'static str, _: &T) {}
}
