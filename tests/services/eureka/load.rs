//! Calls that flow all the time, from a declared client.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use feign::discover::{Endpoint, Freshness, State};
use feign::{Error, Hub};
use feign_eureka::{Eureka, EurekaBuilder};
use tokio::task::JoinSet;

use crate::support::spring::Item;
use crate::support::until;

#[feign::client(service = "inventory")]
pub(super) trait Inventory {
    #[get("/items/{sku}")]
    async fn item(&self, sku: &str) -> Result<Item, Error>;
}

/// So many calls are under way at any time.
const AT_ONCE: usize = 2;
/// How soon a caller calls again; the processors are for Java too.
const PAUSE: Duration = Duration::from_millis(2);
/// Many times as long as a change takes to be seen.
const LIMIT: Duration = Duration::from_secs(20);

/// A source that asks these servers five times a second.
pub(super) fn source(urls: &[String]) -> EurekaBuilder {
    let often = Eureka::builder().interval(Duration::from_millis(200));
    urls.iter().fold(often, |to, url| to.server(url))
}

/// A hub that asks these servers five times a second.
pub(super) fn hub(urls: &[String]) -> Hub {
    Hub::builder().discover(source(urls).build().unwrap()).build().unwrap()
}

/// Callers of `inventory`, until it is stopped.
pub(super) struct Load {
    hub: Hub,
    counts: Arc<Mutex<Counts>>,
    _callers: JoinSet<()>,
}

/// What became of calls.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    by_caller: [usize; AT_ONCE],
    /// By the instance that answered.
    pub(super) answered: BTreeMap<String, usize>,
    pub(super) failures: Vec<Failure>,
}

#[derive(Clone)]
pub(super) struct Failure {
    pub(super) endpoint: Option<String>,
    /// Whether it was broken off in the middle.
    pub(super) is_sent: bool,
    said: String,
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said)
    }
}

impl Load {
    pub(super) fn start(hub: Hub) -> Self {
        let counts = Arc::<Mutex<Counts>>::default();
        let mut callers = JoinSet::new();
        for caller in 0..AT_ONCE {
            let (client, counts) = (hub.client::<InventoryClient>(), Arc::clone(&counts));
            callers.spawn(async move {
                loop {
                    let outcome = client.item("a-1").await;
                    counts.lock().unwrap().count(caller, outcome);
                    tokio::time::sleep(PAUSE).await;
                }
            });
        }
        Self { hub, counts, _callers: callers }
    }

    /// Waits until calls go to exactly these instances, and until those that began before have ended.
    pub(super) async fn calls(&self, ids: &[&str]) {
        let called = until("the instances", LIMIT, async || (self.up() == ids).then_some(()));
        if let Err(error) = called.await {
            panic!("{error}: {:?} instead of {ids:?}", self.hub.endpoints("inventory"));
        }
        self.goes_on().await;
    }

    /// The ids of those that take calls, in order.
    fn up(&self) -> Vec<String> {
        let known = self.hub.endpoints("inventory");
        let up = known.endpoints().iter().filter(|endpoint| endpoint.state() == State::Up);
        let mut ids: Vec<_> = up.map(|endpoint| endpoint.id().into_owned()).collect();
        ids.sort();
        ids
    }

    /// What is known of an instance.
    pub(super) fn known(&self, id: &str) -> Option<Endpoint> {
        let known = self.hub.endpoints("inventory");
        known.endpoints().iter().find(|endpoint| endpoint.id() == id).cloned()
    }

    /// Waits until it is known that the source fails for a reason that holds `part`.
    pub(super) async fn is_stale(&self, part: &str) {
        let stale =
            until(part, LIMIT, async || match self.hub.endpoints("inventory").freshness() {
                Freshness::Stale { cause, .. } => cause.contains(part).then_some(()),
                Freshness::Pending | Freshness::Live => None,
            });
        if let Err(error) = stale.await {
            panic!("{error}: {:?}", self.hub.endpoints("inventory").freshness());
        }
        self.goes_on().await;
    }

    /// Whether the source works.
    pub(super) fn is_live(&self) -> bool {
        matches!(self.hub.endpoints("inventory").freshness(), Freshness::Live)
    }

    /// Waits until the source works again.
    pub(super) async fn lives(&self) {
        until("a source that works", LIMIT, async || self.is_live().then_some(())).await.unwrap();
        self.goes_on().await;
    }

    /// Waits until every caller has called fifty times more.
    pub(super) async fn goes_on(&self) {
        let before = self.counts().by_caller;
        until("more calls", LIMIT, async || {
            let now = self.counts().by_caller;
            before.iter().zip(now).all(|(&before, now)| now >= before + 50).then_some(())
        })
        .await
        .unwrap();
    }

    /// What has become of the calls by now.
    pub(super) fn counts(&self) -> Counts {
        self.counts.lock().unwrap().clone()
    }

    /// How many calls an instance has answered by now.
    pub(super) fn answered(&self, id: &str) -> usize {
        self.counts().answered.get(id).copied().unwrap_or_default()
    }

    /// Stops, where no call may have failed; prints what became of them.
    pub(super) fn finish(self, scene: &str) {
        let counts = self.counts();
        println!("eureka: {scene}: {counts}");
        assert!(counts.failures.is_empty(), "{:?}", counts.failures[0]);
        assert_eq!(counts.answered.values().sum::<usize>(), counts.calls());
    }
}

impl Counts {
    pub(super) fn calls(&self) -> usize {
        self.by_caller.iter().sum()
    }

    fn count(&mut self, caller: usize, outcome: Result<Item, Error>) {
        self.by_caller[caller] += 1;
        match outcome {
            Ok(item) => *self.answered.entry(item.instance).or_default() += 1,
            Err(error) => self.failures.push(Failure {
                endpoint: error.endpoint().map(str::to_owned),
                is_sent: !error.is_connect(),
                said: format!("{error:?}"),
            }),
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { answered, failures, .. } = self;
        write!(f, "{} calls, {} failed, {answered:?}", self.calls(), failures.len())
    }
}
