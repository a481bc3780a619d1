//! The registry as a double inside of the process: users' tests need no JVM.
//!
//! It answers as Spring Cloud Netflix Eureka 5.0.2 does, in all that was seen of one: statuses,
//! texts, timestamps, the order of its rules. Its clock is tokio's, so leases run out while a test
//! advances a paused one.

mod answer;
mod fault;
mod listen;
mod paths;
mod read;
mod requests;
mod store;
mod transport;
mod write;

use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use self::fault::Fault;
pub use self::requests::Heard;
use self::store::Store;
pub use self::transport::Transport;
use crate::model::{Applications, Instance, Status};
use crate::registration::Registration;

/// A registry of one's own.
///
/// ```
/// use feign::eureka::testing::EurekaServer;
/// use feign::eureka::{Eureka, Registration};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), feign::BoxError> {
/// let server = EurekaServer::start().await?;
/// let eureka = Eureka::at([server.url()])?;
/// let lease = eureka.register(Registration::new("orders").port(8080));
/// lease.registered().await?;
/// assert_eq!(server.instances("orders").len(), 1);
/// lease.leave().await;
/// assert_eq!(server.instances("orders").len(), 0);
/// # Ok(()) }
/// ```
///
/// On a paused clock sockets are of no use, because the clock runs on while the kernel carries bytes:
/// there [`EurekaServer::new`] and [`transport`](Self::transport) do without.
///
/// It ends when it is dropped.
#[derive(Debug)]
pub struct EurekaServer {
    core: Arc<Core>,
    url: String,
    listening: Option<listen::Listening>,
}

/// What answers.
#[derive(Debug)]
struct Core {
    store: Mutex<Store>,
    fault: Mutex<Option<Fault>>,
    hash: Mutex<Option<String>>,
    heard: Mutex<Vec<Heard>>,
    authority: String,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl EurekaServer {
    /// Makes a registry without a socket, to be reached by its [`transport`](Self::transport).
    #[must_use]
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        Self::of(Core::new(format!("eureka-{number}.example:8761")))
    }

    /// Starts a registry on a free port of this machine.
    ///
    /// # Errors
    ///
    /// When no port can be had.
    pub async fn start() -> io::Result<Self> {
        let listener = tokio::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).await?;
        let mut server = Self::of(Core::new(listener.local_addr()?.to_string()));
        server.listening = Some(listen::listen(listener, Arc::clone(&server.core)));
        Ok(server)
    }

    fn of(core: Core) -> Self {
        let url = format!("http://{}/eureka", core.authority);
        Self { core: Arc::new(core), url, listening: None }
    }

    /// Returns its base URL, `http://127.0.0.1:49152/eureka`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns a transport that reaches it without a socket; see [`Transport::and`] for several.
    #[must_use]
    pub fn transport(&self) -> Transport {
        Transport::of(Arc::clone(&self.core))
    }

    // === what it knows ===

    /// Registers an instance, as if its service had, and renewed it ever after.
    ///
    /// # Panics
    ///
    /// When the registration cannot be.
    pub fn add(&self, registration: &Registration) {
        #[expect(clippy::panic, reason = "a test has made a mistake")]
        let written = registration.written(None).unwrap_or_else(|why| panic!("{why}"));
        let json = serde_json::to_value(&written).unwrap_or_default();
        let draft = read::registration(&json, &written.app);
        #[expect(clippy::panic, reason = "as above")]
        let mut stored = draft.unwrap_or_else(|refusal| panic!("{refusal:?}"));
        stored.is_kept = true;
        let mut store = locked(&self.core.store);
        stored.last_dirty = Some(store.now());
        store.register(stored);
    }

    /// Returns the instances of an application, whatever their status.
    #[must_use]
    pub fn instances(&self, app: &str) -> Vec<Instance> {
        let app = app.to_uppercase();
        let all = self.registry();
        let of_app = all.iter().filter(|application| application.name() == app);
        of_app.flat_map(|application| application.instances().cloned()).collect()
    }

    /// Returns everything that is registered.
    #[must_use]
    pub fn registry(&self) -> Applications {
        let json = write::all(&mut locked(&self.core.store), None);
        Applications::from_json(&json).unwrap_or_default()
    }

    /// Returns the status of an instance.
    #[must_use]
    pub fn status(&self, app: &str, id: &str) -> Option<Status> {
        self.instances(app).iter().find(|instance| instance.id() == id).map(Instance::status)
    }

    /// Overrides the status of an instance, as an operator does.
    pub fn override_status(&self, app: &str, id: &str, status: Status) {
        locked(&self.core.store).override_status(&app.to_uppercase(), id, status, None);
    }

    /// Cancels the lease of an instance; deltas tell it.
    pub fn remove(&self, app: &str, id: &str) {
        locked(&self.core.store).cancel(&app.to_uppercase(), id);
    }

    /// Forgets an instance; no delta tells it.
    pub fn forget(&self, app: &str, id: &str) {
        locked(&self.core.store).forget(&app.to_uppercase(), id);
    }

    /// Forgets everything, as a restart does.
    pub fn restart_empty(&self) {
        *locked(&self.core.store) = Store::new();
    }

    // === what it does wrong ===

    /// Does something wrong from now on, or (`None`) no more.
    pub fn set_fault(&self, fault: impl Into<Option<Fault>>) {
        *locked(&self.core.fault) = fault.into();
    }

    /// Says another hash than the right one in deltas, or (`None`) no more.
    pub fn set_hash(&self, hash: Option<&str>) {
        *locked(&self.core.hash) = hash.map(str::to_owned);
    }

    // === what it was asked ===

    /// Returns every request that came, in its order.
    #[must_use]
    pub fn heard(&self) -> Vec<Heard> {
        locked(&self.core.heard).clone()
    }

    /// Returns how many requests came whose line, `GET /eureka/apps/`, begins so.
    #[must_use]
    pub fn count(&self, line: &str) -> usize {
        locked(&self.core.heard).iter().filter(|heard| heard.line().starts_with(line)).count()
    }
}

impl Default for EurekaServer {
    fn default() -> Self {
        Self::new()
    }
}

impl Core {
    fn new(authority: String) -> Self {
        Self {
            store: Mutex::new(Store::new()),
            fault: Mutex::default(),
            hash: Mutex::default(),
            heard: Mutex::default(),
            authority,
        }
    }
}
