//! Declarative inter-service HTTP clients: annotate a trait, call another service by name.

#[cfg(feature = "json")]
pub use feign_core::Json;
#[cfg(feature = "json")]
pub use feign_core::error_map::Problem;
#[cfg(feature = "reqwest")]
pub use feign_core::Reqwest;
#[doc(hidden)]
pub use feign_core::__private;
pub use feign_core::error_map::FromError;
pub use feign_core::{
    Answer, Body, BoxError, CallError, CallOptions, Decoded, Encoded, Error, FromBody, HeaderMapParam, HeaderParam,
    Hub, HubBuilder, IntoBody, Named, Operation, Outcome, PathParam, QueryParam, ServiceOptions, Setting, Settings,
    TypedClient, UrlParam, Verb, discover, layer, param, transport,
};
pub use feign_core::{Bytes, HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
pub use feign_macros::client;
