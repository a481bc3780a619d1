//! The default transport: reqwest.

use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::header::HOST;
use http::uri::Scheme;
use http::{Request, Response};
use http_body::SizeHint;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};
use tower_service::Service;

use crate::balance::InFlight;
use crate::body::Body;
use crate::discover::{Endpoint, Origin};
use crate::error::{BoxError, Error, Kind, Setting};
use crate::layer::{Exchange, ResponseFuture};

/// The default transport, with everything that reqwest can: TLS, proxies, HTTP/2.
///
/// A hub makes one by itself. To set what only reqwest knows, build it:
///
/// ```no_run
/// # fn main() -> Result<(), feign::Error> {
/// let transport = feign::Reqwest::build(|client| client.tcp_nodelay(true).user_agent("orders/1.0"))?;
/// let hub = feign::Hub::builder().transport(transport).build()?;
/// # Ok(()) }
/// ```
///
/// What an HTTP/2 server refused unseen, and an idempotent request whose kept connection ended without
/// an answer, is sent once more.
///
/// Of a `reqwest::Client` of your own, `Reqwest::from(client)` takes everything as it is: then
/// redirects are followed as that client says, which by reqwest's default is ten times, to any host;
/// and the limit for connecting is that client's.
#[derive(Clone)]
pub struct Reqwest {
    client: Client,
    /// Why no certificate of a server can be trusted, if so.
    without_roots: Option<Arc<str>>,
    /// Whether a request goes to no other host than it was sent to: we said how redirects are followed.
    keeps_host: bool,
}

/// What a hub's settings say of its transport.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    pub(crate) connect_timeout: Duration,
    pub(crate) redirects: usize,
}

pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

impl Reqwest {
    /// Builds a transport from our defaults (no redirects, 2 s to connect) and what `with` changes.
    ///
    /// # Errors
    ///
    /// When reqwest cannot build the client, such as where no CA certificates are installed.
    pub fn build(with: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Result<Self, Error> {
        let options = Options { connect_timeout: CONNECT_TIMEOUT, redirects: 0 };
        with(options.builder()).build().map(Self::from).map_err(unbuilt)
    }

    pub(crate) fn with_options(options: Options) -> Result<Self, Error> {
        let built =
            options.builder().build().map(Self::from).or_else(|error| options.without_roots(error));
        built.map(|transport| Self { keeps_host: true, ..transport })
    }

    pub(crate) async fn exchange(&self, exchange: &mut Exchange) -> Result<Response<Body>, Error> {
        let Exchange { request, context } = exchange;
        let uri = request.uri();
        let url = match &context.endpoint {
            Some(endpoint) if uri.authority().is_none() => {
                let url = url_at(endpoint, uri, context.under_base);
                // Else hyper formats it anew for each request, which takes 2,000 instructions.
                if self.keeps_host && *endpoint.scheme() == Scheme::HTTP {
                    let host = || endpoint.address().host.clone();
                    request.headers_mut().entry(HOST).or_insert_with(host);
                }
                url
            }
            _ => url::Url::parse(&uri.to_string()).map_err(Error::other)?,
        };
        let request = prepared(url, std::mem::take(request));
        match self.client.execute(request).await {
            Ok(answer) => Ok(answered(answer)),
            Err(error) => Err(self.broken(error)),
        }
    }

    /// A failed exchange; one that failed for want of CA certificates says so.
    fn broken(&self, error: reqwest::Error) -> Error {
        let https = error.url().is_some_and(|url| url.scheme() == "https");
        let is_connect = error.is_connect();
        let error = broken(error);
        match &self.without_roots {
            Some(why) if https && is_connect => Error::new(Kind::Connect)
                .caused_by(WithoutRoots { why: Arc::clone(why), source: error }),
            _ => error,
        }
    }
}

/// Why a server could not be trusted.
#[derive(Debug)]
struct WithoutRoots {
    why: Arc<str>,
    source: Error,
}

impl fmt::Display for WithoutRoots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let repair =
            "for https install them (Debian: `ca-certificates`), or give a client of yours";
        write!(f, "{}; {repair}", self.why)
    }
}

impl std::error::Error for WithoutRoots {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// reqwest's form of a request.
fn prepared(url: url::Url, request: Request<Body>) -> reqwest::Request {
    let (parts, body) = request.into_parts();
    let mut request = reqwest::Request::new(parts.method, url);
    *request.headers_mut() = parts.headers;
    *request.version_mut() = parts.version;
    *request.body_mut() = match body.as_bytes() {
        Some(bytes) if bytes.is_empty() => None,
        Some(bytes) => Some(reqwest::Body::from(bytes.clone())),
        None => Some(reqwest::Body::wrap(body)),
    };
    request
}

/// Our form of reqwest's response; nothing is copied.
fn answered(mut answer: reqwest::Response) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = answer.status();
    *response.version_mut() = answer.version();
    *response.headers_mut() = std::mem::take(answer.headers_mut());
    *response.extensions_mut() = std::mem::take(answer.extensions_mut());
    *response.body_mut() = Body::incoming(Incoming { answer, in_flight: None });
    response
}

/// The address of one attempt: the endpoint's URL was parsed long ago, only the path is put in.
fn url_at(endpoint: &Endpoint, uri: &http::Uri, under_base: bool) -> url::Url {
    let mut url = endpoint.address().url.clone();
    if under_base && !endpoint.base_path().is_empty() {
        url.set_path(&endpoint.address().join(uri.path()));
    } else {
        url.set_path(uri.path());
    }
    url.set_query(uri.query());
    url
}

impl Options {
    fn builder(self) -> ClientBuilder {
        // Decoded by us, if at all: see `decompress`.
        let client = Client::builder().no_gzip().no_brotli().no_zstd().no_deflate();
        let client = client.connect_timeout(self.connect_timeout);
        client.redirect(self.policy()).retry(super::resend::policy())
    }

    /// reqwest builds no client where the system has no CA certificates, as in slim containers. Plain
    /// http needs none: then a client is built that trusts no server, and says why when one is met.
    #[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
    fn without_roots(self, error: reqwest::Error) -> Result<Reqwest, Error> {
        let why = std::error::Error::source(&error)
            .map_or_else(|| error.to_string(), ToString::to_string);
        match self.builder().tls_certs_only([]).build() {
            Ok(client) => Ok(Reqwest { without_roots: Some(why.into()), ..Reqwest::from(client) }),
            Err(_) => Err(unbuilt(error)),
        }
    }

    #[cfg(not(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls")))]
    fn without_roots(self, error: reqwest::Error) -> Result<Reqwest, Error> {
        Err(unbuilt(error))
    }

    /// Follows to the same origin only, so that no credential can reach another host.
    fn policy(self) -> Policy {
        if self.redirects == 0 {
            return Policy::none();
        }
        Policy::custom(move |attempt| {
            let here = origin(attempt.url());
            match attempt.previous().last().map(origin) {
                Some(before) if before != here => attempt.stop(),
                _ if attempt.previous().len() > self.redirects => attempt.stop(),
                _ => attempt.follow(),
            }
        })
    }
}

fn origin(url: &url::Url) -> Origin<'_> {
    Origin { scheme: url.scheme(), host: url.host_str().unwrap_or_default(), port: url.port() }
}

impl From<Client> for Reqwest {
    fn from(client: Client) -> Self {
        Self { client, without_roots: None, keeps_host: false }
    }
}

/// For layers around it: `ServiceBuilder::new().layer(..).service(Reqwest::build(..)?)` is a
/// transport too.
impl Service<Request<Body>> for Reqwest {
    type Response = Response<Body>;
    type Error = Error;
    type Future = ResponseFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> ResponseFuture {
        let this = self.clone();
        Box::pin(async move {
            let url = url::Url::parse(&request.uri().to_string()).map_err(Error::other)?;
            match this.client.execute(prepared(url, request)).await {
                Ok(answer) => Ok(answered(answer)),
                Err(error) => Err(this.broken(error)),
            }
        })
    }
}

impl fmt::Debug for Reqwest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reqwest")
    }
}

/// The body of reqwest's response.
pub(crate) struct Incoming {
    answer: reqwest::Response,
    in_flight: Option<InFlight>,
}

impl Incoming {
    pub(crate) fn hold(&mut self, in_flight: InFlight) {
        self.in_flight = Some(in_flight);
    }

    #[inline]
    pub(crate) fn poll_data(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, BoxError>>> {
        // Nothing is lost between two polls: the future holds no more than a borrow of the body.
        let data = ready!(pin!(self.answer.chunk()).poll(cx));
        Poll::Ready(data.map_err(|error| BoxError::from(broken(error))).transpose())
    }

    pub(crate) fn size_hint(&self) -> SizeHint {
        self.answer.content_length().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// reqwest's error without its URL, which holds the values of path and query.
fn broken(error: reqwest::Error) -> Error {
    if error.is_builder() {
        // With its origin before it, a URI that was short enough may be too long.
        let why = "the URI is too long, or none";
        let kind = Kind::Refused { argument: "path and query".into(), why: why.into() };
        return Error::new(kind).caused_by(error.without_url());
    }
    let kind = match (error.is_timeout(), error.is_connect()) {
        (true, true) => Kind::Timeout { setting: Some(Setting::Connect), after: None },
        (true, false) => Kind::Timeout { setting: None, after: None },
        (false, true) => Kind::Connect,
        (false, false) => Kind::Transport,
    };
    Error::new(kind).caused_by(error.without_url())
}

fn unbuilt(error: reqwest::Error) -> Error {
    Error::build(
        "reqwest's client cannot be built; if its cause speaks of certificates, install the system's \
         (Debian: `ca-certificates`), or give a client of yours: `.transport(Reqwest::from(client))`",
    )
    .caused_by(error.without_url())
}
