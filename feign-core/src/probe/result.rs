//! The steps of a result: whether it is one, with head or without, and who reads it.
#![expect(missing_docs, unnameable_types, reason = "only generated code meets these")]
#![expect(clippy::must_use_candidate, reason = "as above")]

use std::future::Pending;

use http::Request;

use super::Probe;
use crate::body::Body;
use crate::codec::{Answer, Codec, Content, Decoded, FromBody, Readable, Shape, pluggable};
use crate::error::Error;

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
/// A result that may be absent.
#[diagnostic::on_unimplemented(
    message = "the result of this operation is never absent, so `#[none]` has nothing to say",
    label = "cannot act",
    note = "help: write `Result<Option<T>, E>`, or remove `#[none]`"
)]
pub trait MayBeAbsent {}

impl MayBeAbsent for Optional {}

/// What `#[none]` asks.
pub const fn narrowed<P: MayBeAbsent + Copy>(_: P) {}

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
            keeps_call: T::KEEPS_CALL,
            is_null: if T::ACCEPT.is_some() { Shape::is_json_null } else { Shape::is_never_null },
        };
        Reader { shape, read: T::from_body }
    }

    /// A result that reads itself has no need of the codec.
    pub fn reader_by<C, T: FromBody>(self, _: C, probe: Probe<T>) -> Reader<T> {
        self.reader(probe)
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
            keeps_call: false,
            is_null: Shape::is_json_null,
        };
        Reader { shape, read: T::decode }
    }

    pub fn reader_by<C: Codec, T: Readable>(self, _: C, _: Probe<T>) -> Reader<T> {
        let shape = Shape {
            buffered: true,
            unsent: false,
            accept: Some(C::CONTENT_TYPE),
            empty_is_none: true,
            keeps_call: false,
            is_null: C::is_null,
        };
        Reader { shape, read: pluggable::decode::<C, T> }
    }
}

impl Unsent {
    pub const fn headless(self, probe: Probe<Request<Body>>) -> Reader<Request<Body>> {
        self.reader(probe)
    }

    pub const fn reader(self, _: Probe<Request<Body>>) -> Reader<Request<Body>> {
        let shape = Shape {
            buffered: false,
            unsent: true,
            accept: None,
            empty_is_none: false,
            keeps_call: false,
            is_null: Shape::is_never_null,
        };
        Reader { shape, read: unsent }
    }

    pub fn reader_by<C>(self, _: C, probe: Probe<Request<Body>>) -> Reader<Request<Body>> {
        self.reader(probe)
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
