//! What the text of a key, a header or a placeholder can be.
#![expect(missing_docs, reason = "only generated code meets these")]
#![expect(clippy::must_use_candidate, reason = "as above")]

use bytes::Bytes;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::channel::Parameter;
use crate::probe::{ByCodec, Maybe, Present, Probe, Raw};

/// How a text is described.
#[derive(Clone, Copy, Debug)]
pub struct Text(Kind);

#[derive(Clone, Copy, Debug)]
enum Kind {
    Any,
    Octets,
    Names(&'static [&'static str]),
    Schema(fn(&mut SchemaGenerator) -> Schema),
}

/// The schema of a type that has one.
#[derive(Clone, Copy, Debug)]
pub struct SchemaOf {
    make: fn(&mut SchemaGenerator) -> Schema,
    /// Whether it is that of a plain value, whose text is that of JSON.
    is_plain: bool,
}

impl Text {
    /// A text of which nothing is known.
    pub const fn any() -> Self {
        Self(Kind::Any)
    }

    pub const fn of_names(names: &'static [&'static str]) -> Self {
        Self(Kind::Names(names))
    }

    /// The text that serde makes.
    pub const fn of_serde(schema: Option<SchemaOf>) -> Self {
        match schema {
            Some(schema) => Self(Kind::Schema(schema.make)),
            None => Self::any(),
        }
    }

    /// The text of a `Param`: a type of the user's may have another one as JSON.
    pub fn of_param(octets: bool, derived: Option<fn() -> Self>, schema: Option<SchemaOf>) -> Self {
        match (octets, derived, schema) {
            (true, ..) => Self(Kind::Octets),
            (_, Some(derived), _) => derived(),
            (_, _, schema) => Self::of_serde(schema.filter(|schema| schema.is_plain)),
        }
    }

    pub(super) fn schema(self, generator: &mut SchemaGenerator) -> Schema {
        match self.0 {
            Kind::Any => json_schema!({ "type": "string" }),
            Kind::Octets => octets(),
            Kind::Names(names) => json_schema!({ "type": "string", "enum": names }),
            Kind::Schema(make) => make(generator),
        }
    }

    pub(super) const fn parameter(self) -> Parameter {
        match self.0 {
            Kind::Names(names) => Parameter::Names(names),
            Kind::Any | Kind::Octets | Kind::Schema(_) => Parameter::Text,
        }
    }
}

/// Bytes of any kind, as AsyncAPI names them.
pub(super) fn octets() -> Schema {
    json_schema!({ "type": "string", "format": "binary" })
}

/// The text of a type that `#[derive(Param)]` wrote.
pub trait DerivedText {
    fn text() -> Text;
}

impl<T: DerivedText + ?Sized> DerivedText for &T {
    fn text() -> Text {
        T::text()
    }
}

impl<T: DerivedText> Probe<T> {
    pub fn __feign_derived_text(self) -> Option<fn() -> Text> {
        Some(T::text)
    }
}

impl<T: JsonSchema> Probe<T> {
    pub fn __feign_schema(self) -> Option<SchemaOf> {
        let is_plain = T::inline_schema();
        Some(SchemaOf { make: |generator| generator.subschema_for::<T>(), is_plain })
    }
}

macro_rules! octets {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        impl<$($generics)*> Probe<$type> {
            pub const fn __feign_octets(self) -> bool {
                true
            }
        }
    )*};
}
octets! { [] &[u8]; [] Vec<u8>; [] &Vec<u8>; [] Bytes; [] &Bytes; [const N: usize] [u8; N]; [const N: usize] &[u8; N]; }

/// The answers for every type that has no better one.
pub trait TextFallback: Sized {
    fn __feign_octets(self) -> bool;
    fn __feign_derived_text(self) -> Option<fn() -> Text>;
    fn __feign_schema(self) -> Option<SchemaOf>;
}

impl<T> TextFallback for Probe<T> {
    fn __feign_octets(self) -> bool {
        false
    }

    fn __feign_derived_text(self) -> Option<fn() -> Text> {
        None
    }

    fn __feign_schema(self) -> Option<SchemaOf> {
        None
    }
}

/// The probe of what a function makes of an item.
pub fn returned<A, T>(_: impl FnOnce(A) -> T) -> Probe<T> {
    crate::probe::probe()
}

impl Present {
    pub const fn is_optional(self) -> bool {
        false
    }
}

impl Maybe {
    pub const fn is_optional(self) -> bool {
        true
    }
}

impl Raw {
    pub const fn is_raw(self) -> bool {
        true
    }
}

impl ByCodec {
    pub const fn is_raw(self) -> bool {
        false
    }
}
