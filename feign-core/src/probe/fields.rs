//! The steps of a flattened query: what has no names is refused.
#![expect(missing_docs, reason = "only generated code meets these")]

use serde::Serialize;

use super::Probe;
use super::body::Encoder;
use crate::body::Body;
use crate::codec::form;
use crate::request::RequestBuilder;

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

/// What `#[body(form)]` and `#[form(flatten)]` take.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as a form",
    label = "not `Serialize`",
    note = "help: derive `serde::Serialize` for it, or mark each field `#[form]`"
)]
pub trait FormFields: Serialize {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> FormFields for T {}

/// What a form asks of a list or a single value: nothing implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no named fields to send as a form",
    label = "not a struct or a map",
    note = "help: mark the argument `#[form]`, under its own name"
)]
pub trait NoForm {}

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

        impl<$($generics)*> Probe<&$type> {
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

    pub fn flatten_form<T: FormFields + ?Sized>(
        self,
        request: &mut RequestBuilder,
        argument: &'static str,
        value: &T,
    ) {
        crate::push::form_flatten(request, argument, value);
    }

    /// The encoder of `#[body(form)]`.
    pub fn encoder<T: FormFields>(self, _: Probe<T>) -> Encoder<T> {
        Encoder::new(form::CONTENT_TYPE, |value| Ok(Body::from(form::encode(&value)?)))
    }
}

impl NoFields {
    pub fn flatten<T: NamedFields + ?Sized>(self, _: &mut RequestBuilder, _: &'static str, _: &T) {}

    pub fn flatten_form<T: NoForm + ?Sized>(self, _: &mut RequestBuilder, _: &'static str, _: &T) {}

    pub fn encoder<T: NoForm>(self, _: Probe<T>) -> Encoder<T> {
        Encoder::new(form::CONTENT_TYPE, |_| Ok(Body::empty()))
    }
}
