//! Not public API: the names that generated code may use, and nothing else.

pub use std::time::Duration;

pub use http::{HeaderName, StatusCode};

/// Writes what it is given with the feature `asyncapi`, which no macro can ask for.
pub use crate::__feign_asyncapi as asyncapi;

pub use crate::balance::{self, Policy};
pub use crate::call::call;
pub use crate::codec::Codec;
pub use crate::compress::{Compression, compression};
pub use crate::error::{BoxError, Error};
pub use crate::error_map::{
    FieldFallback, FieldProbe, FromAnyError, FromError, HeldError, JsonPointer, Rule, Unread,
    choose, choose_by_code, header_or_none, kept, retry_after, unread, whole,
};
pub use crate::hub::{CallOptions, Handle, Named, TypedClient};
pub use crate::log::Level;
pub use crate::operation::{Declaration, NoneWhen, Operation, StaticHeader, Verb};
pub use crate::param::{
    Displayed, Each, HashKeyParam, HeaderMapParam, HeaderParam, Param, PathParam, QueryParam,
    Serialized, Style, Text, UrlParam, displayed,
};
pub use crate::pointer::Pointer;
pub use crate::probe::{
    AsJson, ByCodec, Fallback, FieldsFallback, PartFallback, Probe, is_codec, narrowed, probe,
    probe_of,
};
/// What only publishers name.
pub mod publish {
    #[cfg(feature = "asyncapi")]
    pub use crate::publish::asyncapi;
    pub use crate::publish::{
        Backend, Complete, Description, Error, Event, EventHeaderParam, Handle, KeyParam, Payload,
        PublishError, PublishFallback, PublishedEach, Publishes, Reach, RecordBuilder, Stage,
        TypedPublisher, header, headers, is_published, is_published_each, key, partition,
        partition_key, timestamp, topic_value, unexpected,
    };
}
pub use crate::push::{
    cookie, form, hash_key, header, header_map, link, part, query, scalar, segment, value,
};
pub use crate::request::RequestBuilder;
pub use crate::template::{Operator, Variable};

/// The error of a method that a fake does not implement.
#[must_use]
pub fn unexpected(operation: &'static str) -> Error {
    let what = format!("unexpected call: this fake does not implement `{operation}`");
    Error::new(crate::error::Kind::Unexpected(what.into()))
}

#[cfg(feature = "asyncapi")]
#[doc(hidden)]
#[macro_export]
macro_rules! __feign_asyncapi {
    ($($items:tt)*) => { $($items)* };
}

#[cfg(not(feature = "asyncapi"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __feign_asyncapi {
    ($($items:tt)*) => {};
}
