//! AsyncAPI 3 documents: what publishers declare, and the schemas of their events by schemars.

mod channel;
mod document;
mod headers;
mod message;
mod names;
mod text;

pub use document::Document;
/// The crate whose `JsonSchema` events derive.
pub use schemars;

#[doc(hidden)]
pub use message::Message;
#[doc(hidden)]
pub use text::{DerivedText, SchemaOf, Text, TextFallback, returned};

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::handle::TypedPublisher;
use crate::body::Body;
use crate::codec::Json;

/// A publisher whose events can be described: each of their bodies has a schema.
///
/// Implemented by `#[feign::publisher]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be described by an AsyncAPI document",
    label = "not a publisher with a schema for each body",
    note = "help: name a type that `#[feign::publisher]` generated, as `OrderEventsPublisher` of `trait OrderEvents`"
)]
pub trait Described: TypedPublisher {
    #[doc(hidden)]
    fn describe(document: &mut Document);
}

/// The method at an index.
#[doc(hidden)]
pub trait DescribedEvent<const INDEX: usize> {
    fn describe(document: &mut Document);
}

/// The body of an event, described by a schema: what derives [`JsonSchema`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is the body of an event and has no schema",
    label = "`{Self}` cannot be described",
    note = "help: derive `schemars::JsonSchema` for it, or implement it by hand for a body that serde does not write"
)]
pub trait PayloadSchema {
    #[doc(hidden)]
    fn payload_schema(generator: &mut SchemaGenerator) -> Schema;
}

#[diagnostic::do_not_recommend]
impl<T: JsonSchema + ?Sized> PayloadSchema for T {
    fn payload_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

/// As what it holds.
impl<T: JsonSchema> JsonSchema for Json<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// Any bytes.
impl JsonSchema for Body {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Body".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        text::octets()
    }
}
