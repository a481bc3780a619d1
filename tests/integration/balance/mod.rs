//! Which endpoint gets a call: by the policies, seen from outside.

mod attributes;
mod cancelled;
mod evenness;
mod expected;
mod hashed;
mod outcomes;
mod picker;
mod seeded;
mod slow_start;
mod sticky;
mod subset;
mod weights;
mod zones;

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use feign::balance::{Balance, EndpointSet, PickContext};
use feign::discover::{Discover, Endpoint, Updates, fixed};
use feign::{Body, BoxError, Hub, HubBuilder};
use futures_util::{StreamExt as _, stream};
use http::{Request, Response};
use tokio::sync::watch;

#[feign::client(service = "fleet")]
trait Fleet {
    #[get("/")]
    async fn call(&self) -> Result<(), feign::Error>;
}

/// What an instance does with a call.
#[derive(Clone, Copy, Debug)]
enum Does {
    Answer(u16, Duration),
    AskToWait(u64),
    Hang,
    Refuse,
}

const fn ok(millis: u64) -> Does {
    Does::Answer(200, Duration::from_millis(millis))
}

const fn fail() -> Does {
    Does::Answer(503, Duration::from_millis(1))
}

/// Instances by their hosts, in the place of a transport. All of them answer at once until said
/// otherwise.
#[derive(Clone, Default)]
struct Instances(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    does: BTreeMap<String, Does>,
    called: Vec<String>,
}

impl Instances {
    fn say(&self, id: &str, does: Does) {
        self.0.lock().unwrap().does.insert(id.to_owned(), does);
    }

    /// The ids that were called since this was last asked, in order.
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap().called)
    }

    /// How often each was.
    fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for id in self.take() {
            *counts.entry(id).or_default() += 1;
        }
        counts
    }

    fn count(&self, id: &str) -> usize {
        self.counts().get(id).copied().unwrap_or_default()
    }

    /// A hub whose calls come here, to these endpoints.
    fn hub(&self, endpoints: Vec<Endpoint>, balance: impl Balance) -> HubBuilder {
        let hub =
            Hub::builder().transport(self.clone()).seed(1).discover(fixed([("fleet", endpoints)]));
        hub.balance(balance)
    }

    fn client(&self, endpoints: Vec<Endpoint>, balance: impl Balance) -> FleetClient {
        self.hub(endpoints, balance).build().unwrap().client()
    }
}

impl tower::Service<Request<Body>> for Instances {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let id = Endpoint::of(&request).unwrap().id().into_owned();
        let mut state = self.0.lock().unwrap();
        let does = state.does.get(&id).copied().unwrap_or(ok(0));
        state.called.push(id);
        drop(state);
        Box::pin(async move {
            let response = match does {
                Does::Hang => std::future::pending().await,
                Does::Refuse => return Err("refused".into()),
                Does::AskToWait(seconds) => {
                    Response::builder().status(429).header("retry-after", seconds)
                }
                Does::Answer(status, after) => {
                    if !after.is_zero() {
                        tokio::time::sleep(after).await;
                    }
                    Response::builder().status(status)
                }
            };
            Ok(response.body(Body::empty())?)
        })
    }
}

fn endpoint(id: &str) -> Endpoint {
    Endpoint::new(&format!("http://{id}.test")).unwrap().with_id(id)
}

/// Endpoints `e0`, `e1` and so on.
fn endpoints(count: usize) -> Vec<Endpoint> {
    (0..count).map(|at| endpoint(&format!("e{at}"))).collect()
}

/// Endpoints of which a zone is said.
fn in_zone(zone: &str, count: usize) -> Vec<Endpoint> {
    (0..count).map(|at| endpoint(&format!("{zone}{at}")).with_zone(zone)).collect()
}

/// A source that says what it is told to.
#[derive(Clone)]
struct Told(watch::Sender<Vec<Endpoint>>);

impl Told {
    fn new(endpoints: Vec<Endpoint>) -> Self {
        Self(watch::Sender::new(endpoints))
    }

    /// Says these now, and waits until calls see them.
    async fn say(&self, endpoints: Vec<Endpoint>) {
        self.0.send_replace(endpoints);
        // Updates that follow each other closely are taken together.
        tokio::time::sleep(Duration::from_millis(60)).await;
    }
}

impl Discover for Told {
    fn watch(&self, _: &str) -> Updates {
        let said = stream::unfold((self.0.subscribe(), true), |(mut said, is_first)| async move {
            if !is_first {
                said.changed().await.ok()?;
            }
            let now = said.borrow_and_update().clone();
            Some((Ok(Some(now)), (said, false)))
        });
        said.chain(stream::pending()).boxed()
    }
}

impl Instances {
    /// A hub whose calls come here, to what is told.
    fn told(&self, told: &Told, balance: impl Balance) -> HubBuilder {
        let hub = Hub::builder().transport(self.clone()).seed(1).discover(told.clone());
        hub.balance(balance).removal_grace(Duration::ZERO)
    }
}

/// Calls so many times, one after the other, whatever comes of it.
async fn call(client: &FleetClient, times: usize) {
    for _ in 0..times {
        drop(client.call().await);
    }
}

/// Asks another policy, and keeps what it sees: calls in flight, failures and latency by id.
#[derive(Clone, Debug)]
struct Watched<B>(B, Arc<Mutex<Seen>>);

type Seen = BTreeMap<String, (u32, u32, Option<Duration>)>;

impl<B> Watched<B> {
    fn new(policy: B) -> Self {
        Self(policy, Arc::default())
    }

    fn seen(&self) -> Seen {
        self.1.lock().unwrap().clone()
    }
}

impl<B: Balance> Balance for Watched<B> {
    fn pick(&self, endpoints: &EndpointSet, cx: &mut PickContext<'_>) -> usize {
        let seen = endpoints.iter().map(|candidate| {
            let id = candidate.endpoint().id().into_owned();
            (id, (candidate.in_flight(), candidate.failures(), candidate.latency()))
        });
        *self.1.lock().unwrap() = seen.collect();
        self.0.pick(endpoints, cx)
    }

    fn reads_latency(&self) -> bool {
        true
    }
}
