//! Builds a hub.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tower_layer::Layer;
use tower_service::Service as TowerService;

use super::options::{Options, choice_setters, setters};
use super::service::{Service, ServiceOptions};
use super::settings::Settings;
use super::stack::stack;
use super::{Hub, Inner};
use crate::body::Body;
use crate::discover::{Discover, Endpoint, GRACE, Source, Terms, chain};
use crate::error::{BoxError, Error};
use crate::layer::{Next, SeamLayer, seam_layer};
use crate::log::{BODY_LIMIT, LogHandle, Redaction, Rules};
use crate::observe::{Observer, Observers};
use crate::transport::Transport;

/// Builds a [`Hub`]: what its clients share.
#[must_use = "a builder does nothing until `build`"]
#[derive(Default)]
pub struct HubBuilder {
    options: Options,
    connect_timeout: Option<Duration>,
    redirects: Option<usize>,
    allowed: Vec<String>,
    services: BTreeMap<String, ServiceOptions>,
    sources: Vec<Source>,
    /// Stands in where no source is said.
    stand_in: Option<Source>,
    removal_grace: Option<Duration>,
    seed: Option<u64>,
    observers: Vec<Box<dyn Observer>>,
    redaction: Option<Redaction>,
    shown_body: Option<usize>,
    settings: Vec<Settings>,
    per_call: Vec<SeamLayer>,
    per_attempt: Vec<SeamLayer>,
    per_endpoint: Vec<SeamLayer>,
    transport: Option<Next>,
    #[cfg(feature = "reqwest")]
    reqwest: Option<crate::transport::Reqwest>,
}

/// Writes the ways to add a layer, which differ in nothing but their seam.
macro_rules! seams {
    ($($(#[$doc:meta])* $seam:ident)*) => {$(
        $(#[$doc])*
        pub fn $seam<L, B>(mut self, layer: L) -> Self
        where
            L: Layer<Next> + Send + 'static,
            L::Service:
                TowerService<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
            <L::Service as TowerService<Request<Body>>>::Future: Send + 'static,
            <L::Service as TowerService<Request<Body>>>::Error: Into<BoxError>,
            B: http_body::Body<Data = Bytes> + Send + 'static,
            B::Error: Into<BoxError>,
        {
            self.$seam.push(seam_layer(layer));
            self
        }
    )*};
}

impl HubBuilder {
    setters!(options);
    choice_setters!(options);

    /// Finds services by a source, those excepted whose addresses are given. Said twice, the first that
    /// knows a name finds it.
    pub fn discover(mut self, source: impl Discover) -> Self {
        self.sources.push(Arc::new(source));
        self
    }

    /// Finds services by a source until one is said.
    #[cfg(feature = "mock")]
    pub(crate) fn discover_meanwhile(mut self, source: impl Discover) -> Self {
        self.stand_in = Some(Arc::new(source));
        self
    }

    /// Keeps endpoints for a while that a source no longer lists, if that may be a mistake of the source:
    /// if it lists none at all any more, or if more than half are gone at once and at least three. They
    /// go when it still does not list them after this time. 30 s by default; zero takes the source at
    /// its word.
    ///
    /// While the source fails, they stay longer, but never longer than five times this time. New endpoints
    /// are always used at once.
    pub fn removal_grace(mut self, grace: Duration) -> Self {
        self.removal_grace = Some(grace);
        self
    }

    /// Makes every choice repeatable: picks, jitter, subsets. By default each hub has a seed of its
    /// own, by chance.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Tells an observer of yours what happens: for metrics, or a log of your own. Said twice, both are
    /// told, the first one first. See [`feign::observe`](crate::observe).
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observers.push(Box::new(observer));
        self
    }

    /// Says what no log and no error shows, beside what is hidden from the start.
    pub fn redact(mut self, say: impl FnOnce(Redaction) -> Redaction) -> Self {
        self.redaction = Some(say(self.redaction.take().unwrap_or_default()));
        self
    }

    /// Limits how much of a body is logged, in bytes; so much of a stream is kept until it is. 2 KiB by
    /// default.
    pub fn log_body_limit(mut self, bytes: usize) -> Self {
        self.shown_body = Some(bytes);
        self
    }

    /// Limits how long connecting may take. 2 s by default. Refused beside a transport of yours,
    /// which knows its own limit.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = Some(limit);
        self
    }

    /// Follows up to `most` redirects, to the same origin only. None by default: between services
    /// a redirect is a mistake that should be seen. Refused beside a transport of yours.
    pub fn redirects(mut self, most: usize) -> Self {
        self.redirects = Some(most);
        self
    }

    /// Allows links (`#[url]`) to another origin. A call there sends what every call sends,
    /// credentials too.
    pub fn allow_origin(mut self, origin: impl Into<String>) -> Self {
        self.allowed.push(origin.into());
        self
    }

    /// Says something of one service; said twice, it adds up.
    pub fn service(
        mut self,
        name: impl Into<String>,
        say: impl FnOnce(ServiceOptions) -> ServiceOptions,
    ) -> Self {
        let said = self.services.entry(name.into()).or_default();
        *said = say(std::mem::take(said));
        self
    }

    /// Puts settings above what this builder says; said twice, the later ones win.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings.push(settings);
        self
    }

    seams! {
        /// Adds a layer that sees each call once, whatever the number of its attempts.
        per_call
        /// Adds a layer that sees each attempt.
        per_attempt
        /// Adds a layer that sees each attempt and knows its address: the URI is absolute here, and
        /// [`Endpoint::of`] has the endpoint. The place to sign requests.
        per_endpoint
    }

    /// Sends requests by a service of yours: it gets an absolute URI, and the endpoint by
    /// `Endpoint::of`. Layers around the default transport are put here too, by
    /// `tower::ServiceBuilder`.
    pub fn transport<S, B>(mut self, service: S) -> Self
    where
        S: TowerService<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
        S::Future: Send + 'static,
        S::Error: Into<BoxError>,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        #[cfg(feature = "reqwest")]
        if let Some(reqwest) =
            (&service as &dyn std::any::Any).downcast_ref::<crate::transport::Reqwest>()
        {
            // Ours: reached directly, without a box and without an absolute URI.
            self.reqwest = Some(reqwest.clone());
            self.transport = None;
            return self;
        }
        self.transport = Some(Next::layered(service));
        self
    }

    /// Builds the hub.
    ///
    /// # Errors
    ///
    /// When something was said that cannot be: a URL that is none, a header that cannot be sent, a
    /// limit of zero, an option that the transport cannot honour; and when reqwest cannot build its
    /// client. The error names the thing and its place.
    pub fn build(mut self) -> Result<Hub, Error> {
        self.overrule();
        if let Some(wrong) = self.options.wrong.take() {
            return Err(Error::build(wrong));
        }
        if let Some(wrong) = self.redaction.as_mut().and_then(|said| said.wrong.take()) {
            return Err(Error::build(format!("`redact`: {wrong}")));
        }
        let allowed =
            self.allowed.iter().map(|origin| Endpoint::new(origin)).collect::<Result<_, _>>()?;
        let terms = Terms {
            seed: self.seed.map_or_else(chance, Ok)?,
            grace: self.removal_grace.unwrap_or(GRACE),
            names: names(&self.services),
            observers: Observers::new(std::mem::take(&mut self.observers)),
            rules: Rules::new(self.redaction.take()),
        };
        let sources = std::mem::take(&mut self.sources).into_iter();
        let source = sources.reduce(|first, second| Arc::new(chain(first, second)));
        let source = source.or(self.stand_in.take());
        let services = std::mem::take(&mut self.services).into_iter().map(|(name, said)| {
            let name: Arc<str> = name.into();
            let service = Service::build(&name, said, source.as_ref(), &terms)?;
            Ok((name, Arc::new(service)))
        });
        let services = services.collect::<Result<_, Error>>()?;
        let transport = self.take_transport()?;
        Ok(Hub(Arc::new(Inner {
            stack: stack(self.per_call, self.per_attempt, self.per_endpoint, transport),
            options: self.options,
            services,
            others: Mutex::default(),
            source,
            terms,
            clients: AtomicU64::new(0),
            allowed,
            log: LogHandle::default(),
            shown_body: self.shown_body.unwrap_or(BODY_LIMIT),
        })))
    }

    fn overrule(&mut self) {
        for settings in std::mem::take(&mut self.settings) {
            self.options.overrule(settings.options());
            self.connect_timeout = settings.connect_timeout.or(self.connect_timeout);
            self.removal_grace = settings.removal_grace.or(self.removal_grace);
            for (name, service) in settings.services {
                service.overrule(self.services.entry(name).or_default());
            }
        }
    }

    fn take_transport(&mut self) -> Result<Transport, Error> {
        let own = self.transport.take().map(Transport::Service);
        #[cfg(feature = "reqwest")]
        let own = own.or_else(|| self.reqwest.take().map(Transport::Reqwest));
        let Some(own) = own else { return self.default_transport() };
        let option = self
            .connect_timeout
            .map(|_| "connect_timeout")
            .or_else(|| self.redirects.map(|_| "redirects"));
        match option {
            None => Ok(own),
            Some(option) => Err(Error::build(format!(
                "`{option}` cannot act on a transport of yours; set it there (`Reqwest::build(|client| …)`) and take it away here"
            ))),
        }
    }

    #[cfg(feature = "reqwest")]
    fn default_transport(&self) -> Result<Transport, Error> {
        use crate::transport::reqwest::{CONNECT_TIMEOUT, Options};

        let connect_timeout = self.connect_timeout.unwrap_or(CONNECT_TIMEOUT);
        if connect_timeout.is_zero() {
            return Err(Error::build("`connect_timeout` is zero, which would fail every call"));
        }
        let options = Options { connect_timeout, redirects: self.redirects.unwrap_or(0) };
        crate::transport::Reqwest::with_options(options).map(Transport::Reqwest)
    }

    #[cfg(not(feature = "reqwest"))]
    #[expect(clippy::unused_self, reason = "the same signature as with the feature")]
    fn default_transport(&self) -> Result<Transport, Error> {
        Err(Error::build(
            "there is no transport: enable the feature `reqwest`, or say `.transport(service)`",
        ))
    }
}

/// The services whose addresses are given.
fn names(services: &BTreeMap<String, ServiceOptions>) -> Arc<[String]> {
    services
        .iter()
        .filter(|(_, said)| !said.urls.is_empty())
        .map(|(name, _)| name.clone())
        .collect()
}

fn chance() -> Result<u64, Error> {
    getrandom::u64().map_err(Error::other)
}

impl fmt::Debug for HubBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HubBuilder")
            .field("services", &self.services.keys())
            .finish_non_exhaustive()
    }
}
