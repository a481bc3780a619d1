//! What is said of the registry.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use feign_core::{Body, BoxError, Error, Hub, HubBuilder, Request, Response};
use tower_service::Service;

use crate::error::setup;
use crate::eureka::{Eureka, Shared};
use crate::servers::{Address, Servers};

/// Says something of the hub that carries our requests.
type Say = Arc<dyn Fn(HubBuilder) -> HubBuilder + Send + Sync>;

/// Builds a [`Eureka`].
#[must_use = "a builder does nothing until `build`"]
#[derive(Default)]
pub struct EurekaBuilder {
    urls: Vec<(Option<String>, String)>,
    settings: Settings,
    hub: HubSettings,
}

/// How the registry is read.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) zone: Option<String>,
    pub(crate) regions: Vec<String>,
    pub(crate) interval: Duration,
    pub(crate) full_every: u32,
    pub(crate) delta: bool,
    pub(crate) hold: Duration,
    pub(crate) prefer_ip: bool,
    pub(crate) seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            zone: None,
            regions: Vec::new(),
            interval: Duration::from_secs(30),
            full_every: 10,
            delta: true,
            hold: Duration::from_secs(180),
            prefer_ip: false,
            seed: fastrand::u64(..),
        }
    }
}

/// How requests to the registry are sent.
#[derive(Clone)]
pub(crate) struct HubSettings {
    timeout: Duration,
    body_limit: usize,
    said: Vec<Say>,
}

impl Default for HubSettings {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(10), body_limit: 64 << 20, said: Vec::new() }
    }
}

impl HubSettings {
    /// Makes a hub. There is more than one: what says good-bye needs connections that depend on no
    /// runtime.
    pub(crate) fn build(&self) -> Result<Hub, Error> {
        let hub = Hub::builder().timeout(self.timeout).body_limit(self.body_limit);
        self.said.iter().fold(hub, |hub, say| say(hub)).build()
    }
}

impl EurekaBuilder {
    /// Adds a server: `http://user:password@host:8761/eureka`, or several with commas between them,
    /// as in Spring's `defaultZone`. User and password are percent-decoded.
    pub fn server(mut self, url: impl Into<String>) -> Self {
        self.urls.push((None, url.into()));
        self
    }

    /// Adds a server that stands in a zone: those of our own [`zone`](Self::zone) are asked first.
    pub fn server_in(mut self, zone: impl Into<String>, url: impl Into<String>) -> Self {
        self.urls.push((Some(zone.into()), url.into()));
        self
    }

    /// Says in which zone we are. None by default.
    pub fn zone(mut self, zone: impl Into<String>) -> Self {
        self.settings.zone = Some(zone.into());
        self
    }

    /// Asks for the instances of other regions too. None by default.
    pub fn regions<R: Into<String>>(mut self, regions: impl IntoIterator<Item = R>) -> Self {
        self.settings.regions.extend(regions.into_iter().map(Into::into));
        self
    }

    /// Says how often the registry is read; each wait is up to a fifth shorter or longer. 30 s by
    /// default.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.settings.interval = interval;
        self
    }

    /// Reads the whole registry at every `rounds`-th time, since a hash that agrees proves little. 10
    /// by default; 1 never asks for deltas, and then nothing but [`hold`](Self::hold) ends an instance
    /// that has left.
    pub fn full_every(mut self, rounds: u32) -> Self {
        self.settings.full_every = rounds.max(1);
        self.settings.delta = rounds > 1;
        self
    }

    /// Says for how long an instance is kept that a server no longer lists although nobody said that it
    /// left, as after a restart of the server. As long as a server lists nothing at all, everything is
    /// kept. 3 min by default.
    pub fn hold(mut self, hold: Duration) -> Self {
        self.settings.hold = hold;
        self
    }

    /// Calls instances by their IP address. By their host name by default.
    pub fn prefer_ip(mut self, prefer: bool) -> Self {
        self.settings.prefer_ip = prefer;
        self
    }

    /// Limits each request. 10 s by default; a server of Spring can hang for good.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.hub.timeout = limit;
        self
    }

    /// Limits the size of a registry, in bytes as they are sent. 64 MiB by default.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.hub.body_limit = bytes;
        self
    }

    /// Sends requests by a transport of yours: see [`HubBuilder::transport`]. TLS is said here:
    /// `Reqwest::build(|client| client.tls_certs_merge([ca]))`.
    pub fn transport<S, B>(self, service: S) -> Self
    where
        S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
        S::Future: Send + 'static,
        S::Error: Into<BoxError>,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.hub(move |hub| hub.transport(service.clone()))
    }

    /// Says anything else of the hub that carries our requests: headers, layers, limits.
    pub fn hub(mut self, say: impl Fn(HubBuilder) -> HubBuilder + Send + Sync + 'static) -> Self {
        self.hub.said.push(Arc::new(say));
        self
    }

    /// Makes jitter and the order of servers repeatable, for tests. Random by default.
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = seed;
        self
    }

    /// Builds it. Nothing is sent before somebody looks for a service or registers one.
    ///
    /// # Errors
    ///
    /// When no server is named, a URL is none, or the hub cannot be built.
    pub fn build(self) -> Result<Eureka, Error> {
        if self.settings.interval.is_zero() {
            return Err(setup("`interval` is zero; say how long"));
        }
        let mut addresses = Vec::new();
        for (zone, urls) in &self.urls {
            addresses.extend(Address::parse_all(urls, zone.as_deref())?);
        }
        let servers = Servers::new(self.hub.build()?, addresses.clone())?;
        Ok(Eureka(Arc::new(Shared::new(self.settings, self.hub, addresses, servers))))
    }
}

impl fmt::Debug for EurekaBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EurekaBuilder").field("settings", &self.settings).finish_non_exhaustive()
    }
}
