//! The hub: what the clients of a process share.

mod builder;
mod call_options;
mod choice;
mod handle;
mod options;
mod service;
mod settings;
mod stack;

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

pub use builder::HubBuilder;
pub use call_options::CallOptions;
use choice::Choice;
pub use handle::{Handle, Named, TypedClient};
pub(crate) use options::Limits;
use options::{Levels, Options};
use service::Service;
pub use service::ServiceOptions;
pub use settings::Settings;
use stack::Stack;

use crate::balance::{self, Picker, Policy, mix};
use crate::discover::{Endpoint, Known, Source, Target, Terms};
use crate::error::Error;
use crate::log::LogHandle;

/// With more services than this that nothing is said of, those are dropped that nobody holds: their names
/// may come from anywhere.
const OTHERS: usize = 1024;

/// What the clients of a process share: transport, services, layers and limits. One per process;
/// cheap to clone.
///
/// ```
/// # #[cfg(all(feature = "json", feature = "reqwest"))] {
/// # #[feign::client(service = "inventory")]
/// # trait Inventory { #[get("/items/{sku}")] async fn item(&self, sku: &str) -> Result<String, feign::Error>; }
/// use std::time::Duration;
///
/// let hub = feign::Hub::builder()
///     .timeout(Duration::from_secs(2))
///     .service("inventory", |s| s.url("http://10.0.0.7:8080").url("http://10.0.0.8:8080"))
///     .build()?;
/// let inventory: InventoryClient = hub.client();
/// let other: InventoryClient = hub.client_at("http://localhost:8080")?;
/// # }
/// # Ok::<(), feign::Error>(())
/// ```
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    stack: Stack,
    options: Options,
    /// Those that something is said of.
    services: HashMap<Arc<str>, Arc<Service>>,
    /// Others, added when they are asked for.
    others: Mutex<HashMap<Arc<str>, Arc<Service>>>,
    source: Option<Source>,
    terms: Terms,
    clients: AtomicU64,
    allowed: Vec<Endpoint>,
    log: LogHandle,
    /// How much of a body is logged.
    shown_body: usize,
}

impl Hub {
    /// Begins a hub with our defaults: 30 s in total, 2 s to connect, 30 s idle, 8 MiB of body, no
    /// redirects.
    pub fn builder() -> HubBuilder {
        HubBuilder::default()
    }

    /// Makes a client of the service that its trait names; cheap.
    ///
    /// A name that nothing resolves is not an error yet: each call says so, and lists the names
    /// that there are.
    #[must_use]
    pub fn client<C: Named>(&self) -> C {
        self.typed(self.named(C::SERVICE))
    }

    /// Makes a client of another service or of a base URL. At a URL, what is said of the trait's
    /// own service holds, but for its addresses.
    ///
    /// # Errors
    ///
    /// When a URL is not a base URL; see [`Endpoint::new`].
    pub fn client_at<C: TypedClient>(&self, place: impl AsRef<str>) -> Result<C, Error> {
        let place = place.as_ref();
        if !place.contains("://") {
            return Ok(self.typed(self.named(place)));
        }
        let own = C::OPERATIONS.first().and_then(|operation| operation.service());
        let own = self.named(own.unwrap_or_default());
        Ok(self.typed(Arc::new(own.at_url(place)?)))
    }

    /// Finds services before the first call needs them, all at once, and waits until each source has
    /// said its first word; a source that does not answer is waited for, so put a limit around it.
    ///
    /// They are followed from then on as if a client had gone just now: for half a minute, and as long
    /// as there is one.
    ///
    /// # Errors
    ///
    /// When one of them has no endpoint; the error says why. The others are followed all the same.
    ///
    /// ```no_run
    /// # async fn start(hub: feign::Hub) -> Result<(), Box<dyn std::error::Error>> {
    /// tokio::time::timeout(std::time::Duration::from_secs(5), hub.warm_up(["inventory", "payments"])).await??;
    /// # Ok(()) }
    /// ```
    pub async fn warm_up<N: AsRef<str>>(
        &self,
        services: impl IntoIterator<Item = N>,
    ) -> Result<(), Error> {
        let target = |name: N| {
            let service = self.named(name.as_ref());
            self.target(&service, None, &Choice::default(), self.next_client())
        };
        let targets: Vec<_> = services.into_iter().map(target).collect();
        // Asked of all before any is waited for.
        for target in &targets {
            target.follow();
        }
        for target in &targets {
            target.found().await?;
        }
        Ok(())
    }

    /// Returns what is known of a service now.
    ///
    /// It is followed from the first call on or from [`warm_up`](Self::warm_up), until half a minute
    /// after its last client has gone; before and after that nothing is known, and it is
    /// [pending](crate::discover::Freshness::Pending). A service whose URLs are given is always live.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// use feign::discover::Freshness;
    ///
    /// let hub = feign::Hub::builder()
    ///     .service("inventory", |s| s.url("http://10.0.0.7:8080").url("http://10.0.0.8:8080"))
    ///     .build()?;
    /// let known = hub.endpoints("inventory");
    /// assert_eq!(known.endpoints().len(), 2);
    /// match known.freshness() {
    ///     Freshness::Pending => println!("{} has not said anything yet", known.source()),
    ///     Freshness::Live => println!("{} says so", known.source()),
    ///     Freshness::Stale { since, cause } => {
    ///         println!("{} has failed for {:?}: {cause}", known.source(), since.elapsed());
    ///     }
    /// }
    /// # }
    /// # Ok::<(), feign::Error>(())
    /// ```
    #[must_use]
    pub fn endpoints(&self, service: impl AsRef<str>) -> Known {
        self.named(service.as_ref()).watch.known()
    }

    /// Returns what picks endpoints of a service for calls that the hub does not make: of a protocol
    /// of yours, of gRPC, of a WebSocket. What is said of the service holds: its policy, zone and tags.
    #[must_use]
    pub fn picker(&self, service: impl AsRef<str>) -> Picker {
        let service = self.named(service.as_ref());
        let said = Levels::of_any_method(&Options::default(), &service.options, &self.0.options);
        Picker::new(
            self.target(&service, None, &Choice::default(), self.next_client()),
            said.timeout,
        )
    }

    /// Returns what changes the levels of the log while the program runs.
    #[must_use]
    pub fn log(&self) -> LogHandle {
        self.0.log.clone()
    }

    fn named(&self, name: &str) -> Arc<Service> {
        if let Some(service) = self.0.services.get(name) {
            return Arc::clone(service);
        }
        let mut others = self.0.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(service) = others.get(name) {
            return Arc::clone(service);
        }
        // Not each time: where all are held, nothing is gained.
        if others.len() >= OTHERS && others.len().is_power_of_two() {
            others.retain(|_, service| service.is_held());
        }
        let name: Arc<str> = name.into();
        let service = Arc::new(Service::found(&name, self.0.source.as_ref(), &self.0.terms));
        others.insert(name, Arc::clone(&service));
        service
    }

    /// Returns a number that no other client has, or hardly one.
    fn next_client(&self) -> u64 {
        let count = self.0.clients.fetch_add(1, Ordering::Relaxed);
        mix(self.0.terms.seed.wrapping_add(count))
    }

    /// Makes what the calls of one client go to.
    fn target(
        &self,
        service: &Service,
        declared: Option<&Policy>,
        choice: &Choice,
        client: u64,
    ) -> Arc<Target> {
        let mut all = self.0.options.choice.clone();
        all.balance = declared.cloned().or(all.balance);
        all.overrule(service.options.choice.clone());
        all.overrule(choice.clone());
        let policy = all.balance.take().unwrap_or_else(|| Policy::new(balance::round_robin()));
        Arc::new(Target::new(&service.watch, &all.selection(), policy, client))
    }

    fn typed<C: TypedClient>(&self, service: Arc<Service>) -> C {
        C::from_handle(Handle::new(self.clone(), service, C::OPERATIONS, C::BALANCE))
    }
}

impl fmt::Debug for Hub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hub").field("services", &self.0.terms.names).finish_non_exhaustive()
    }
}
