//! The runtime of [feign](https://docs.rs/feign): from a declared call to the socket and back.
//!
//! Users depend on the facade crate `feign`, which re-exports everything here.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr))]

mod again;
#[expect(missing_docs, reason = "they stand where the facade names it")]
pub mod balance;
mod body;
mod call;
mod classify;
pub mod codec;
mod compress;
#[cfg(feature = "compression")]
mod decompress;
#[expect(missing_docs, reason = "they stand where the facade names it")]
pub mod discover;
mod error;
pub mod error_map;
mod header;
mod hub;
mod idempotency;
pub mod layer;
mod link;
#[expect(missing_docs, reason = "they stand where the facade names it")]
pub mod log;
#[cfg(feature = "mock")]
#[expect(missing_docs, reason = "they stand where the facade names it")]
pub mod mock;
#[expect(missing_docs, reason = "they stand where the facade names it")]
pub mod observe;
mod operation;
pub mod param;
mod pointer;
mod probe;
#[expect(missing_docs, reason = "they stand where the facade names it")]
pub mod publish;
mod push;
mod read;
mod request;
mod retry_after;
mod secret;
mod source;
mod stream;
mod template;
pub mod transport;
mod uri;

#[doc(hidden)]
pub mod __private;

pub use bytes::Bytes;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};

pub use body::Body;
#[cfg(feature = "json")]
pub use codec::Json;
pub use codec::{Answer, Decoded, Encoded, FromBody, IntoBody, Part};
pub use compress::Compression;
pub use error::{BoxError, Error, Setting};
pub use hub::{CallOptions, Hub, HubBuilder, Named, ServiceOptions, Settings, TypedClient};
pub use operation::{Operation, Verb};
pub use param::{HashKeyParam, HeaderMapParam, HeaderParam, PathParam, QueryParam, UrlParam};
pub use probe::CallError;
pub use secret::Secret;
pub use stream::{Event, EventData, Events};
#[cfg(feature = "json")]
pub use stream::{JsonArray, Ndjson};

#[cfg(feature = "reqwest")]
pub use transport::Reqwest;
/// Named here as well, so that rustc's notes about a result or a body name a public path.
#[doc(hidden)]
pub use {
    call::call,
    compress::{Compresses, compression},
    pointer::Pointer,
    probe::{
        AsJson, AsParts, AsText, ByCodec, Direct, Fields, FormFields, JsonPart, MayBeAbsent,
        NamedFields, NoFields, NoForm, NoResult, Outcome, QueryFields, Raw, WithoutBody, is_codec,
        narrowed,
    },
};
