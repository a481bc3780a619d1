//! Declarative inter-service HTTP clients: annotate a trait, call another service by name.
//!
//! ```
//! # #[cfg(all(feature = "json", feature = "reqwest"))] {
//! #[feign::client(service = "inventory")]
//! trait Inventory {
//!     #[get("/items/{sku}")]
//!     async fn item(&self, sku: &str) -> Result<Option<String>, feign::Error>;
//! }
//!
//! # async fn call() -> Result<(), feign::Error> {
//! let hub = feign::Hub::builder().service("inventory", |s| s.url("http://localhost:8080")).build()?;
//! let inventory: InventoryClient = hub.client();
//! let item = inventory.item("A-1").await?;
//! # Ok(()) } }
//! ```
//!
//! Where to read on: every attribute stands at [`client`], what a process shares at [`Hub`], what can go
//! wrong at [`Error`] and [`ErrorMap`], what stands between call and socket at [`layer`], how a
//! service is found at [`discover`] and an endpoint picked at [`balance`], what is logged at [`log`], and arguments of types of your
//! own at [`Param`].

#[doc(hidden)]
pub use feign_core::__private;
#[cfg(feature = "reqwest")]
pub use feign_core::Reqwest;
#[doc = include_str!("../docs/balancing.md")]
pub use feign_core::balance;
#[doc = include_str!("../docs/discovery.md")]
pub use feign_core::discover;
pub use feign_core::error_map::FromError;
#[cfg(feature = "json")]
pub use feign_core::error_map::Problem;
#[doc = include_str!("../docs/logging.md")]
pub use feign_core::log;
#[cfg(feature = "mock")]
#[doc = include_str!("../docs/mock.md")]
pub use feign_core::mock;
/// Who is told what a hub does: see [`Observer`](observe::Observer) and [`HubBuilder::observer`].
pub use feign_core::observe;
#[doc = include_str!("../docs/publishing.md")]
pub use feign_core::publish;
pub use feign_core::{
    Answer, Body, BoxError, CallError, CallOptions, Compression, Decoded, Encoded, Error, Event,
    EventData, Events, FromBody, HashKeyParam, HeaderMapParam, HeaderParam, Hub, HubBuilder,
    IntoBody, Named, Operation, Part, PathParam, QueryParam, Secret, ServiceOptions, Setting,
    Settings, TypedClient, UrlParam, Verb, codec, error_map, layer, param, transport,
};
/// Named here as well, so that rustc's notes name a public path.
#[doc(hidden)]
pub use feign_core::{
    AsJson, AsParts, AsText, ByCodec, Direct, Fields, FormFields, JsonPart, MayBeAbsent,
    NamedFields, NoFields, NoForm, NoResult, Outcome, QueryFields, Raw, WithoutBody, call,
    compression, is_codec, narrowed,
};
pub use feign_core::{
    Bytes, HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode,
};
#[cfg(feature = "json")]
pub use feign_core::{Json, JsonArray, Ndjson};
#[cfg(feature = "eureka")]
#[doc = include_str!("../docs/eureka.md")]
pub use feign_eureka as eureka;
#[cfg(feature = "kafka")]
pub use feign_kafka as kafka;
#[doc(hidden)]
pub use feign_macros::__template;
/// Writes `From<feign::Error>` for an error type of yours.
///
/// Each variant says which answers it stands for. The most precise one wins: a status with a code, then
/// a status, then a class, then `#[otherwise]`, which every error type has and which keeps everything.
///
/// ```
/// # #[cfg(feature = "json")] {
/// use std::time::Duration;
/// use feign::{Error, Json, StatusCode};
///
/// #[derive(Debug, serde::Deserialize)]
/// struct Shortage { missing: u32 }
///
/// #[derive(Debug, feign::ErrorMap)]
/// #[code("/code")]                          // a JSON pointer (RFC 6901) into the body of an error
/// enum InventoryError {
///     #[status(409, code = "OUT_OF_STOCK")]
///     OutOfStock(Json<Shortage>),           // a body that does not parse leads to `Other`
///     #[status(429, 503)]
///     Busy { #[retry_after] after: Option<Duration>, #[header("x-queue")] queue: Option<u32> },
///     #[status(4xx)]
///     OurFault(StatusCode),
///     #[otherwise]
///     Other(Error),
/// }
///
/// let error = Error::from_status(StatusCode::CONFLICT).with_body(r#"{"code": "OUT_OF_STOCK", "missing": 3}"#);
/// assert!(matches!(error.into(), InventoryError::OutOfStock(Json(Shortage { missing: 3 }))));
/// # }
/// ```
///
/// - `#[code("/pointer")]` on the type: where the code of an error is. *Default:* none.
/// - `#[status(409, 4xx, code = "X")]` on a variant, as often as needed: statuses from 100 to 599 and
///   classes. The same status and code twice does not compile.
/// - `#[otherwise]` on one variant, with a field of [`Error`].
/// - fields: any [`FromError`], such as [`Json<T>`](crate::Json), `String`, `Bytes`, `Problem`,
///   `StatusCode`; `#[header("x-name")]` with `T: FromStr` or `Option<T>`; `#[retry_after]` with
///   `Option<Duration>`.
/// - `#[error_map(crate = path)]` on the type, if this crate was renamed; `#[error_map(skip)]` on a
///   variant that no answer makes.
///
/// A struct takes every error; one of its fields is the [`Error`] itself.
pub use feign_macros::ErrorMap;
/// Makes a type of yours an argument: a newtype is sent as what it holds, an enum of unit variants by
/// its names.
///
/// ```
/// #[derive(feign::Param)]
/// struct Sku(String);
///
/// #[derive(feign::Param)]
/// #[param(rename_all = "kebab-case")]       // or serde's own attributes, which are read too
/// enum Order {
///     NewestFirst,
///     #[param(rename = "by-name")]
///     Alphabetic,
/// }
/// ```
pub use feign_macros::Param;
#[doc = include_str!("../docs/client.md")]
pub use feign_macros::client;
#[doc = include_str!("../docs/publisher.md")]
pub use feign_macros::publisher;

/// The README's example is compiled like the rest.
#[cfg(all(doctest, feature = "eureka", feature = "json", feature = "reqwest"))]
#[doc = include_str!("../README.md")]
struct Readme;
