//! Our policies.

use crate::{Picks, Result};
use feign::{
    Body, Hub, HubBuilder, Request, Response,
    balance::{self, Picker},
    discover::{self, Endpoint},
};
use std::{
    convert::Infallible,
    future::{Ready, ready},
    hint::black_box,
    task::{Context, Poll},
};
use tokio::runtime::Runtime;

pub(crate) const SERVICE: &str = "inventory";

/// So many keys are asked for where the policy hashes.
const KEYS: usize = 1_024;

/// A hub that knows so many endpoints, and a runtime in which it follows them.
pub(crate) struct Ours {
    pickers: Vec<Picker>,
    _runtime: Runtime,
}

impl Ours {
    pub(crate) fn new(policy: &str, size: usize) -> Result<Self> {
        let runtime = runtime()?;
        let endpoints = (0..size).map(|index| endpoint(index, policy)).collect::<Result<_>>()?;
        let hub = hub(policy)?.discover(discover::fixed([(SERVICE, endpoints)])).build()?;
        let picker = hub.picker(SERVICE);
        drop(runtime.block_on(picker.pick())?);
        let pickers = match policy {
            "hash" => (0..KEYS).map(|key| picker.with_key(format!("user-{key}"))).collect(),
            _ => vec![picker],
        };
        Ok(Self { pickers, _runtime: runtime })
    }

    pub(crate) fn picks(&self) -> OurPicks<'_> {
        OurPicks(&self.pickers)
    }
}

pub(crate) struct OurPicks<'a>(&'a [Picker]);

impl Picks for OurPicks<'_> {
    fn pick(&mut self, count: u64) -> Result<()> {
        for (picker, _) in self.0.iter().cycle().zip(0..count) {
            let mut picked = picker.try_pick().ok_or("no endpoint")?;
            black_box(picked.endpoint());
            picked.succeeded();
        }
        Ok(())
    }
}

pub(crate) fn runtime() -> Result<Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_time().build()?)
}

pub(crate) fn hub(policy: &str) -> Result<HubBuilder> {
    let policy =
        balance::by_name(policy).ok_or_else(|| format!("there is no policy `{policy}`"))?;
    // Nothing is sent.
    Ok(Hub::builder().balance(policy).transport(Nowhere))
}

/// Equal weights would make `weighted` round robin.
pub(crate) fn endpoint(index: usize, policy: &str) -> Result<Endpoint> {
    let weight = if policy == "weighted" { 1 + index % 5 } else { 1 };
    let endpoint = Endpoint::new(&format!("http://10.0.{}.{}:8080", index / 256, index % 256))?;
    Ok(endpoint.with_id(format!("inventory-{index}")).with_weight(weight.try_into()?))
}

/// Answers at once.
#[derive(Clone)]
struct Nowhere;

impl tower::Service<Request<Body>> for Nowhere {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Ready<Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<Body>) -> Self::Future {
        ready(Ok(Response::new(Body::empty())))
    }
}
