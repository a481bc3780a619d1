//! The steps of a part: whether it is one by itself, or text, or JSON.
#![expect(missing_docs, unnameable_types, reason = "only generated code meets these")]
#![expect(clippy::must_use_candidate, reason = "as above")]

#[cfg(feature = "json")]
use serde::Serialize;

use super::{Maybe, Present, Probe};
use crate::codec::{IntoParts, PartText, Parts};
use crate::error::Error;
use crate::request::RequestBuilder;

/// The type is a part, or several.
#[derive(Clone, Copy, Debug)]
pub struct AsParts;
/// What may be in a query is sent as text.
#[derive(Clone, Copy, Debug)]
pub struct AsText;
/// `#[part(json)]`
#[derive(Clone, Copy, Debug)]
pub struct AsJson;

/// Pushes the parts of an argument.
#[derive(Debug)]
pub struct Pusher<T>(fn(&mut RequestBuilder, Named, T));

impl<T> Clone for Pusher<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Pusher<T> {}

/// A part's name, and the user's name of the argument.
#[derive(Clone, Copy, Debug)]
struct Named {
    name: &'static str,
    argument: &'static str,
}

/// What `#[part(json)]` takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a part of JSON",
    label = "not `Serialize`",
    note = "help: derive `serde::Serialize` for it (with the feature `json`), or mark it `#[part]` to send it as text"
)]
pub trait JsonPart {
    #[doc(hidden)]
    fn push_json(&self, out: &mut Parts<'_>);
}

#[cfg(feature = "json")]
#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> JsonPart for T {
    fn push_json(&self, out: &mut Parts<'_>) {
        crate::codec::multipart::push_json(self, out);
    }
}

impl<T: IntoParts> Probe<T> {
    pub const fn __feign_part(self) -> AsParts {
        AsParts
    }
}

/// The answer for every type that is no part by itself.
pub trait PartFallback: Sized {
    fn __feign_part(self) -> AsText;
}

impl<T> PartFallback for Probe<T> {
    fn __feign_part(self) -> AsText {
        AsText
    }
}

impl AsParts {
    pub fn pusher<T: IntoParts>(self, _: Probe<T>) -> Pusher<T> {
        Pusher(|request, named, value| push(request, named, |parts| value.into_parts(parts)))
    }
}

impl AsText {
    pub fn pusher<T: PartText>(self, _: Probe<T>) -> Pusher<T> {
        Pusher(|request, Named { name, argument }, value| {
            crate::push::part(request, name, argument, &value);
        })
    }
}

impl AsJson {
    pub fn pusher<T: JsonPart>(self, _: Probe<T>) -> Pusher<T> {
        Pusher(|request, named, value| push(request, named, |parts| value.push_json(parts)))
    }
}

fn push(request: &mut RequestBuilder, named: Named, fill: impl FnOnce(&mut Parts<'_>)) {
    let Some(multipart) = request.multipart() else { return };
    let mut parts = Parts::new(multipart, named.name);
    fill(&mut parts);
    if let Some(wrong) = parts.into_wrong() {
        request.fail(|operation| Error::refused(operation, named.argument, &wrong));
    }
}

impl Present {
    pub fn push<T>(
        self,
        request: &mut RequestBuilder,
        pusher: Pusher<T>,
        name: &'static str,
        argument: &'static str,
        value: T,
    ) {
        (pusher.0)(request, Named { name, argument }, value);
    }
}

impl Maybe {
    pub fn push<T>(
        self,
        request: &mut RequestBuilder,
        pusher: Pusher<T>,
        name: &'static str,
        argument: &'static str,
        value: Option<T>,
    ) {
        if let Some(value) = value {
            Present.push(request, pusher, name, argument, value);
        }
    }
}
