//! The registry, as a process shares it.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use feign_core::discover::{Discover, Updates};
use feign_core::{Error, Hub};
use tokio::sync::watch;

use crate::builder::{EurekaBuilder, HubSettings, Settings};
use crate::fetch::{self, Fetcher, Round, Runner};
use crate::lease::Lease;
use crate::registration::Registration;
use crate::registry::Registry;
use crate::servers::{Address, Pool, Servers};

/// The registry, as a process shares it: finds services for a hub, and registers one's own. One per
/// process; cheap to clone.
///
/// ```
/// use feign::eureka::Eureka;
///
/// let eureka = Eureka::at(["http://eureka-1:8761/eureka", "http://eureka-2:8761/eureka"])?;
/// let hub = feign::Hub::builder().discover(eureka.clone()).build()?;
/// # Ok::<(), feign::Error>(())
/// ```
///
/// A service is looked up by its virtual address (what Spring calls the name of the application),
/// whatever its case, else by its application. The whole registry is read by one task for all services,
/// every 30 s; it begins with the first service that is looked up, and ends when none is.
///
/// Whatever happens to the servers, what is known stays: a server that is dead, starting, or restarted
/// with nothing in it empties nothing.
#[derive(Clone)]
pub struct Eureka(pub(crate) Arc<Shared>);

/// What all clones share.
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    hub: HubSettings,
    addresses: Vec<Address>,
    servers: Arc<Servers>,
    pub(crate) fetcher: Fetcher,
    pub(crate) runner: Runner,
    pub(crate) rounds: watch::Sender<Round>,
    registry: Mutex<Registry>,
}

impl Eureka {
    /// Makes it of the base URLs of its servers, any of which will do:
    /// `http://user:password@eureka:8761/eureka`. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// When no URL is given, or one is none.
    pub fn at<U: Into<String>>(urls: impl IntoIterator<Item = U>) -> Result<Self, Error> {
        urls.into_iter().fold(Self::builder(), EurekaBuilder::server).build()
    }

    /// Begins one with our defaults: see the methods of [`EurekaBuilder`].
    pub fn builder() -> EurekaBuilder {
        EurekaBuilder::default()
    }

    /// Registers an instance, and keeps it registered until its lease is left or dropped.
    ///
    /// It never waits: a task registers at once, and tries again where no server answers, which is said
    /// as a warning. [`Lease::registered`] waits for the first success.
    #[expect(clippy::needless_pass_by_value, reason = "it is written in place")]
    #[must_use = "an instance is registered as long as its lease lives"]
    pub fn register(&self, registration: Registration) -> Lease {
        Lease::new(Arc::clone(&self.0), &registration)
    }

    /// Returns the hash of what the servers list, as it is known: `DOWN_1_UP_13_`.
    #[must_use]
    pub fn hash(&self) -> String {
        self.0.registry().hash()
    }
}

impl Discover for Eureka {
    fn watch(&self, service: &str) -> Updates {
        fetch::watch(Arc::clone(&self.0), service)
    }

    fn names(&self) -> Vec<String> {
        self.0.registry().names()
    }

    fn describe(&self) -> Cow<'_, str> {
        format!("Eureka at {}", self.0.servers.describe()).into()
    }
}

impl Shared {
    pub(crate) fn new(
        settings: Settings,
        hub: HubSettings,
        addresses: Vec<Address>,
        servers: Arc<Servers>,
    ) -> Self {
        let pool = Pool::new(Arc::clone(&servers), settings.zone.as_deref(), settings.seed);
        Self {
            fetcher: Fetcher::new(pool, &settings),
            runner: Runner::default(),
            rounds: watch::Sender::default(),
            registry: Mutex::default(),
            settings,
            hub,
            addresses,
            servers,
        }
    }

    /// Never held while something is waited for.
    pub(crate) fn registry(&self) -> MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the servers for one more user of them.
    pub(crate) fn pool(&self, seed: u64) -> Pool {
        Pool::new(Arc::clone(&self.servers), self.settings.zone.as_deref(), seed)
    }

    /// Returns the servers behind connections of their own, which no other runtime drives.
    pub(crate) fn pool_apart(&self) -> Result<Pool, Error> {
        let hub: Hub = self.hub.build()?;
        let servers = Servers::new(hub, self.addresses.clone())?;
        Ok(Pool::new(servers, self.settings.zone.as_deref(), self.settings.seed))
    }
}

impl fmt::Debug for Eureka {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Eureka").field(&self.0.servers.describe()).finish()
    }
}

const _: () = {
    const fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Eureka>();
};
