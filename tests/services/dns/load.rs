//! Calls that flow all the time.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use feign::discover::{Dns, DnsBuilder, Freshness};
use feign::{Error, Hub};
use tokio::task::JoinSet;

use super::server::Knot;
use crate::support::until;

#[feign::client(service = "orders")]
pub(super) trait Orders {
    /// Answers the address that was called.
    #[get("/")]
    async fn who(&self) -> Result<String, Error>;
}

/// So many calls are under way at any time.
const AT_ONCE: usize = 4;
/// How soon a caller calls again.
const PAUSE: Duration = Duration::from_millis(1);
/// Many times as long as a change takes to be seen.
const LIMIT: Duration = Duration::from_secs(15);

/// Callers of one service, until it is dropped.
pub(super) struct Load {
    hub: Hub,
    service: &'static str,
    state: Arc<State>,
    _callers: JoinSet<()>,
}

#[derive(Default)]
struct State {
    answered: Mutex<BTreeMap<String, usize>>,
    failures: Mutex<Vec<String>>,
    /// By caller.
    calls: Mutex<[usize; AT_ONCE]>,
}

/// A hub that finds services by this name server, which is asked four times a second.
pub(super) fn hub(knot: &Knot, how: impl FnOnce(DnsBuilder) -> DnsBuilder) -> Hub {
    let often = Duration::from_millis(250);
    let dns = Dns::at([knot.address()]).unwrap().min_ttl(often).timeout(often * 2);
    Hub::builder().discover(how(dns).build().unwrap()).build().unwrap()
}

impl Load {
    pub(super) fn start(hub: Hub, service: &'static str) -> Self {
        let client: OrdersClient = hub.client_at(service).unwrap();
        let state = Arc::new(State::default());
        let mut callers = JoinSet::new();
        for caller in 0..AT_ONCE {
            let (client, state) = (client.clone(), Arc::clone(&state));
            callers.spawn(async move {
                loop {
                    let outcome = client.who().await;
                    state.count(caller, outcome);
                    tokio::time::sleep(PAUSE).await;
                }
            });
        }
        Self { hub, service, state, _callers: callers }
    }

    /// Waits until these are known, and until calls that began before have ended.
    pub(super) async fn knows<'a>(&self, wanted: impl IntoIterator<Item = &'a SocketAddr>) {
        let wanted: BTreeSet<_> =
            wanted.into_iter().map(|address| format!("http://{address}")).collect();
        let known = || -> BTreeSet<String> {
            let known = self.hub.endpoints(self.service);
            known.endpoints().iter().map(|endpoint| endpoint.as_str().to_owned()).collect()
        };
        let seen = until("what the zone says", LIMIT, async || (known() == wanted).then_some(()));
        if let Err(error) = seen.await {
            panic!("{error}: {:?} instead of {wanted:?}", self.hub.endpoints(self.service));
        }
        self.goes_on().await;
    }

    /// Waits until it is known that the source fails; returns why.
    pub(super) async fn is_stale(&self) -> String {
        let stale = until("a source that fails", LIMIT, async || {
            match self.hub.endpoints(self.service).freshness() {
                Freshness::Stale { cause, .. } => Some(cause.to_string()),
                _ => None,
            }
        });
        let cause = stale.await.unwrap();
        self.goes_on().await;
        cause
    }

    /// Waits until the source works again.
    pub(super) async fn is_live(&self) {
        let live = until("a source that works", LIMIT, async || {
            matches!(self.hub.endpoints(self.service).freshness(), Freshness::Live).then_some(())
        });
        live.await.unwrap();
    }

    /// Waits until every caller has called fifty times more.
    pub(super) async fn goes_on(&self) {
        let calls = || *self.state.calls.lock().unwrap();
        let before = calls();
        let goes_on = until("more calls", LIMIT, async || {
            let mut pairs = before.iter().zip(calls());
            pairs.all(|(&before, now)| now >= before + 50).then_some(())
        });
        goes_on.await.unwrap();
    }

    /// How many calls an instance has answered.
    pub(super) fn answered(&self, instance: SocketAddr) -> usize {
        let answered = self.state.answered.lock().unwrap();
        answered.get(&instance.to_string()).copied().unwrap_or_default()
    }

    /// Prints what became of the calls, of which none may have failed.
    pub(super) fn finish(self, scene: &str) {
        let calls: usize = self.state.calls.lock().unwrap().iter().sum();
        let answered = self.state.answered.lock().unwrap();
        let failures = self.state.failures.lock().unwrap();
        let shown = match answered.len() {
            0..10 => format!("{answered:?}"),
            many => format!(
                "{many} instances, from {:?} to {:?} each",
                answered.values().min(),
                answered.values().max()
            ),
        };
        println!("dns: {scene}: {calls} calls, {} failed, {shown}", failures.len());
        assert!(failures.is_empty(), "{}, first: {}", failures.len(), failures[0]);
        assert_eq!(answered.values().sum::<usize>(), calls);
    }
}

impl State {
    fn count(&self, caller: usize, outcome: Result<String, Error>) {
        self.calls.lock().unwrap()[caller] += 1;
        match outcome {
            Ok(instance) => *self.answered.lock().unwrap().entry(instance).or_default() += 1,
            Err(error) => self.failures.lock().unwrap().push(format!("{error:?}")),
        }
    }
}
