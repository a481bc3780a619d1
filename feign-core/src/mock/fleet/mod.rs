//! Many instances of one service, each with ways of its own.

mod instance;
mod latency;
mod listing;
mod member;
mod phase;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::Request;
use http_body_util::BodyExt as _;
use tokio::sync::watch;
use tokio::time::Instant;

pub use instance::Instance;
pub use latency::Latency;
use listing::Listing;
pub use member::Counts;
use member::Member;

use super::transport::{Transport, broken, play};
use crate::balance::{hash_of, mix};
use crate::body::Body;
use crate::discover::{Discover, Endpoint};
use crate::error::{Error, Kind};
use crate::hub::{Hub, HubBuilder, TypedClient};
use crate::layer::ResponseFuture;

/// The instances of one service, which a hub finds and balances over; no socket, everything on tokio's
/// clock, and the same each time for the same seed.
///
/// ```
/// # #[feign::client(service = "inventory")]
/// # trait Inventory { #[get("/items/{sku}")] async fn item(&self, sku: &str) -> Result<(), feign::Error>; }
/// use std::time::Duration;
/// use feign::balance;
/// use feign::mock::{Fleet, Latency, Reply};
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// let (ms, s) = (Duration::from_millis, Duration::from_secs);
/// let fleet = Fleet::new("inventory", 7);
/// fleet.add("a").latency(Latency::log_normal(ms(20), ms(60)));
/// fleet.add("b").latency(Latency::uniform(ms(15), ms(30))).sometimes(0.01, 503);
/// fleet.add("c")
///     .latency(ms(20))
///     .at(s(30)).latency(s(2))                     // slow
///     .at(s(60)).reply(Reply::refuse())            // dead
///     .at(s(90)).reply(200).latency(ms(20));       // back again
///
/// let hub = fleet.hub().balance(balance::ewma()).build()?;
/// let inventory: InventoryClient = hub.client();
/// for _ in 0..5 {
///     let _ = inventory.item("A-1").await;
/// }
/// let came: u64 = fleet.counts().values().map(|counts| counts.received).sum();
/// assert_eq!(came, 5);
/// # Ok::<(), feign::Error>(()) }).unwrap();
/// ```
///
/// Cheap to clone; all clones are the same fleet.
#[derive(Clone)]
pub struct Fleet(Arc<Inner>);

pub(super) struct Inner {
    service: String,
    seed: u64,
    begun: Instant,
    /// By their hosts, which are their names.
    members: Mutex<HashMap<String, Arc<Member>>>,
    listed: watch::Sender<Vec<Endpoint>>,
}

impl Fleet {
    /// Makes a fleet without instances. Its time begins now.
    pub fn new(service: impl Into<String>, seed: u64) -> Self {
        Self(Arc::new(Inner {
            service: service.into(),
            seed,
            begun: Instant::now(),
            members: Mutex::default(),
            listed: watch::Sender::new(Vec::new()),
        }))
    }

    // === who is there ===

    /// Adds an instance, which is found from now on. It answers 200 at once until something else is
    /// said.
    ///
    /// # Panics
    ///
    /// When no host can be named so, or one is already.
    #[track_caller]
    #[expect(clippy::must_use_candidate, reason = "it is there, whatever else is said of it")]
    pub fn add(&self, name: &str) -> Instance<'_> {
        let endpoint = Endpoint::new(&format!("http://{name}"));
        let endpoint = match endpoint {
            Ok(endpoint) if endpoint.authority().host() == name => endpoint.with_id(name),
            _ => panic!("an instance is called as a host is, not {name:?}"),
        };
        let member = Arc::new(Member::new(self.0.seed ^ mix(hash_of(name.as_bytes()))));
        let last = self.0.members().insert(name.to_owned(), Arc::clone(&member));
        assert!(last.is_none(), "there is an instance {name:?} already");
        self.0.listed.send_modify(|listed| listed.push(endpoint));
        Instance::new(&self.0, member, name, Duration::ZERO)
    }

    /// Returns an instance, to change what it does from now on.
    ///
    /// # Panics
    ///
    /// When there is none of that name.
    #[must_use]
    #[track_caller]
    pub fn instance(&self, name: &str) -> Instance<'_> {
        match self.0.member(name) {
            Some(member) => Instance::new(&self.0, member, name, self.0.begun.elapsed()),
            None => panic!("there is no instance {name:?}"),
        }
    }

    /// Takes an instance from the list that is told to hubs. It answers as before, and its counts stay.
    pub fn remove(&self, name: &str) {
        self.0.listed.send_modify(|listed| listed.retain(|endpoint| endpoint.id() != name));
    }

    // === who calls ===

    /// Begins a hub that finds the service here and nothing else, and whose calls come here. It has the
    /// seed of the fleet.
    pub fn hub(&self) -> HubBuilder {
        Hub::builder().transport(self.transport()).discover(self.source()).seed(self.0.seed)
    }

    /// Makes a client of the service.
    #[must_use]
    pub fn client<C: TypedClient>(&self) -> C {
        let hub = self.hub().build().and_then(|hub| hub.client_at(&self.0.service));
        hub.unwrap_or_else(|error| unreachable!("nothing was said: {error}"))
    }

    /// Returns the transport by which calls come here, for a hub that is built elsewhere.
    #[must_use]
    pub fn transport(&self) -> Transport {
        Transport::to_fleet(Arc::clone(&self.0))
    }

    /// Returns the source by which the instances are found, for a hub that is built elsewhere.
    #[must_use]
    pub fn source(&self) -> impl Discover + use<> {
        Listing(Arc::clone(&self.0))
    }

    // === what came ===

    /// Returns the counts of all instances that there ever were, by their names.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<String, Counts> {
        let members = self.0.members();
        members.iter().map(|(name, member)| (name.clone(), member.counts())).collect()
    }
}

impl Inner {
    fn members(&self) -> MutexGuard<'_, HashMap<String, Arc<Member>>> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn member(&self, name: &str) -> Option<Arc<Member>> {
        self.members().get(name).map(Arc::clone)
    }
}

/// Does what the instance does that a request goes to.
pub(super) fn serve(fleet: &Inner, request: Request<Body>) -> ResponseFuture {
    let host = request.uri().host().unwrap_or_default();
    let Some(member) = fleet.member(host) else {
        let why = format!("the fleet of `{}` has no instance `{host}`", fleet.service);
        return Box::pin(async { Err(Error::new(Kind::Unexpected(why.into()))) });
    };
    let (serving, plan) = Member::arrive(member, fleet.begun.elapsed());
    Box::pin(async move {
        let (parts, body) = request.into_parts();
        if body.as_bytes().is_none() {
            body.collect().await.map_err(broken)?;
        }
        if !plan.latency.is_zero() {
            tokio::time::sleep(plan.latency).await;
        }
        let answer = play(&plan.reply, &parts.method).await?;
        serving.answered();
        Ok(answer)
    })
}

impl fmt::Debug for Fleet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fleet")
            .field("service", &self.0.service)
            .field("counts", &self.counts())
            .finish()
    }
}
