//! The hub: what the clients of a process share.

mod builder;
mod call_options;
mod handle;
mod options;
mod service;
mod settings;
mod stack;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

pub use builder::HubBuilder;
pub use call_options::CallOptions;
pub use handle::{Handle, Named, TypedClient};
pub(crate) use options::Limits;
use options::Options;
use service::Service;
pub use service::ServiceOptions;
pub use settings::Settings;
use stack::Stack;

use crate::discover::{Endpoint, Source};
use crate::error::Error;

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
    services: HashMap<Arc<str>, Arc<Service>>,
    allowed: Vec<Endpoint>,
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

    fn named(&self, name: &str) -> Arc<Service> {
        self.0
            .services
            .get(name)
            .map_or_else(|| Arc::new(Service::unknown(name, self.known())), Arc::clone)
    }

    fn known(&self) -> Vec<Arc<str>> {
        let fixed = |service: &&Arc<Service>| matches!(service.target.source, Source::Fixed(_));
        let mut known: Vec<_> = self
            .0
            .services
            .values()
            .filter(fixed)
            .map(|service| Arc::clone(&service.target.name))
            .collect();
        known.sort();
        known
    }

    fn typed<C: TypedClient>(&self, service: Arc<Service>) -> C {
        C::from_handle(Handle::new(self.clone(), service, C::OPERATIONS))
    }
}

impl fmt::Debug for Hub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hub").field("services", &self.known()).finish_non_exhaustive()
    }
}
