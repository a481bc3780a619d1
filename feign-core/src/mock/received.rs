//! A request as the mock got it.

use std::fmt;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use serde::de::DeserializeOwned;

use super::escape;
use super::pattern::{Pattern, Variables};
use crate::discover::Endpoint;
use crate::layer::Context;
use crate::log::Rules;
use crate::operation::Operation;

/// A request that came to a [`Mock`](super::Mock): one attempt, as the last layer let it go.
///
/// Its `Debug` shows no body, and no value of a header that holds credentials.
///
/// ```
/// # use feign::mock::Mock;
/// # #[feign::client(service = "inventory")]
/// # trait Inventory { #[post("/items/{sku}")] async fn put(&self, sku: &str, #[body] order: &Order) -> Result<(), feign::Error>; }
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Order { pieces: u32 }
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// let mock = Mock::new();
/// mock.on(InventoryClient::PUT).reply(204);
/// mock.client::<InventoryClient>().put("A-1", &Order { pieces: 2 }).await?;
///
/// let requests = mock.requests();
/// assert_eq!(requests[0].path("sku"), Some("A-1"));
/// assert_eq!(requests[0].header("content-type"), Some("application/json"));
/// assert_eq!(requests[0].json::<Order>().pieces, 2);
/// # Ok::<(), feign::Error>(()) }).unwrap();
/// ```
#[derive(Clone)]
pub struct Received {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
    /// Known at once without a socket, else by the route that answers.
    pub(super) operation: Option<&'static Operation>,
    /// How much of the path is the base URL's, as far as it is known.
    base: usize,
    /// Of its template, once it is known which one it is.
    pub(super) variables: Variables,
    pairs: Vec<(String, String)>,
    /// Path and query, as they may be shown.
    shown: String,
    hides_body: bool,
    rules: Rules,
}

impl Received {
    pub(super) async fn new(parts: Parts, body: Bytes) -> Self {
        let Parts { method, uri, headers, extensions, .. } = parts;
        let body = super::coding::decoded(&headers, body).await;
        let context = extensions.get::<Context>();
        let operation = context.map(|context| context.operation);
        let endpoint = context.and_then(|context| context.endpoint.as_ref());
        let base = endpoint.map_or("", Endpoint::base_path);
        let base = if uri.path().starts_with(base) { base.len() } else { 0 };
        let pairs = escape::pairs(uri.query().unwrap_or_default());
        let variables = Variables::new();
        let hides_body = context.is_some_and(Context::hides_body);
        let rules = context.map(|context| context.rules().clone()).unwrap_or_default();
        let shown = match context {
            Some(context) => context.shown_target(&uri),
            None => rules.url(uri.path_and_query().map_or("/", |target| target.as_str())),
        };
        let mut received = Self {
            method,
            uri,
            headers,
            body,
            operation,
            base,
            variables,
            pairs,
            shown,
            hides_body,
            rules,
        };
        let pattern = operation.and_then(|known| Pattern::new(known.template()).ok());
        let own = pattern.and_then(|pattern| pattern.read(received.path_below_base()));
        received.variables = own.unwrap_or_default();
        received
    }

    /// Returns the operation that made it. Of a request that came through a socket it is known only if a
    /// route of an operation answered it.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        self.operation
    }

    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the URI, escaped as it came: absolute, or path and query if it came through a socket.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Returns a variable of the path, by its name in the template of the operation or route;
    /// unescaped. `None` also for a request that no route answered and no operation made.
    #[must_use]
    pub fn path(&self, name: &str) -> Option<&str> {
        value_of(&self.variables, name).next()
    }

    /// Returns the first value of that name in the query, unescaped.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query_all(name).next()
    }

    /// Returns all values of that name in the query, unescaped, in their order.
    pub fn query_all(&self, name: &str) -> impl Iterator<Item = &str> {
        value_of(&self.pairs, name)
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the first value of a header, if it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the body; empty if there was none. One that `#[compress]` made small is whole again.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the body as text.
    ///
    /// # Panics
    ///
    /// When it is not UTF-8.
    #[must_use]
    #[track_caller]
    pub fn text(&self) -> &str {
        match std::str::from_utf8(&self.body) {
            Ok(text) => text,
            Err(error) => panic!("the body of {self} is no text: {error}"),
        }
    }

    /// Returns the JSON of the body as a value of yours.
    ///
    /// # Panics
    ///
    /// When it is not such JSON.
    #[must_use]
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        match serde_json::from_slice(&self.body) {
            Ok(value) => value,
            Err(error) => {
                let error = self.rules.cause(&self.body, error.into());
                let what = std::any::type_name::<T>();
                panic!("the body of {self} is no JSON of a `{what}`: {error}")
            }
        }
    }

    /// The path that the operation made.
    pub(super) fn path_below_base(&self) -> &str {
        let path = self.uri.path();
        path.get(self.base..).unwrap_or(path)
    }

    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }
}

// What of it may be shown.
impl Received {
    /// The path as it may be shown.
    pub(super) fn shown_path(&self) -> &str {
        self.shown.split('?').next().unwrap_or_default()
    }

    /// The path that the operation made, as it may be shown.
    pub(super) fn shown_below_base(&self) -> &str {
        let path = self.shown_path();
        path.get(self.base..).unwrap_or(path)
    }

    /// The query as it may be shown.
    pub(super) fn shown_query(&self) -> &str {
        self.shown.split_once('?').map_or("", |(_, query)| query)
    }

    pub(super) fn hides_body(&self) -> bool {
        self.hides_body
    }

    pub(super) fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Whether a value of the query is shown to nobody.
    pub(super) fn hides_query(&self, name: &str) -> bool {
        let shown = escape::pairs(self.shown_query());
        !self.query_all(name).eq(value_of(&shown, name))
    }

    pub(super) fn hides_header(&self, name: &HeaderName, value: Option<&HeaderValue>) -> bool {
        self.rules.hides_header(name, value)
    }
}

pub(super) fn value_of<'a>(
    pairs: &'a [(String, String)],
    name: &str,
) -> impl Iterator<Item = &'a str> {
    pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| &**value)
}

/// `GET /items/A-1 (Inventory.item)`
impl fmt::Display for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.shown)?;
        match self.operation {
            Some(operation) => write!(f, " ({operation})"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} {{")?;
        for (name, value) in &self.headers {
            // What is sensitive says so itself.
            match self.hides_header(name, Some(value)) {
                true => write!(f, " {name}: (not shown),")?,
                false => {
                    let value = self.rules.url(&String::from_utf8_lossy(value.as_bytes()));
                    write!(f, " {name}: {value:?},")?;
                }
            }
        }
        write!(f, " {} bytes }}", self.body.len())
    }
}
