//! Which endpoints are asked first: by priority, then by zone.

use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};

use tokio::time::Instant;

use super::context::{PickContext, Tried, mix};
use super::{EndpointSet, Outcome, Policy, Tick};
use crate::discover::Endpoint;

/// The work of all endpoints of one priority and zone.
#[derive(Debug, Default)]
#[repr(align(64))]
pub(crate) struct Group {
    in_flight: AtomicU32,
}

impl Group {
    pub(crate) fn begin(&self) {
        self.in_flight.fetch_add(1, Relaxed);
    }

    pub(crate) fn end(&self) {
        self.in_flight.fetch_sub(1, Relaxed);
    }

    pub(crate) fn record(&self, _: Outcome) {}
}

/// Endpoints that are equally near.
#[derive(Debug)]
pub(crate) struct Tier {
    pub(crate) set: EndpointSet,
    pub(crate) turn: Arc<AtomicU64>,
}

/// The turns of the tiers of one view, kept from one snapshot to the next.
#[derive(Debug)]
pub(crate) struct Turns {
    seed: u64,
    tiers: Vec<Arc<AtomicU64>>,
}

impl Turns {
    pub(crate) const fn new(seed: u64) -> Self {
        Self { seed, tiers: Vec::new() }
    }

    /// Returns the turn of a tier; it begins anywhere, but not where it could overflow in use.
    pub(crate) fn of(&mut self, tier: usize) -> Arc<AtomicU64> {
        while self.tiers.len() <= tier {
            let start = mix(self.seed.wrapping_add(self.tiers.len() as u64)) >> 32;
            self.tiers.push(Arc::new(AtomicU64::new(start)));
        }
        self.tiers.get(tier).map_or_else(Arc::default, Arc::clone)
    }
}

/// The tiers of a snapshot, the nearest first.
#[derive(Debug, Default)]
pub(crate) struct Tiers(pub(crate) Box<[Tier]>);

/// What a pick is made for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct For<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) seed: u64,
    pub(crate) key: Option<u64>,
    pub(crate) client: u64,
    pub(crate) epoch: Instant,
}

impl Tiers {
    /// Picks an endpoint; `None` if there is none. With the time where latency is read.
    pub(crate) fn pick(&self, wanted: For<'_>) -> Option<(&Endpoint, Option<Tick>)> {
        let tier = self.choose()?;
        let endpoints = tier.set.endpoints();
        let balance = wanted.policy.balance();
        let reads_latency = balance.reads_latency();
        if let [only] = endpoints
            && !reads_latency
        {
            return Some((only, None));
        }
        let mut cx = PickContext {
            turn: tier.turn.fetch_add(1, Relaxed),
            seed: wanted.seed,
            drawn: 0,
            key: wanted.key,
            client: wanted.client,
            epoch: wanted.epoch,
            now: None,
            tried: Tried::default(),
            scope: PhantomData,
        };
        let index = balance.pick(&tier.set, &mut cx);
        let picked = endpoints.get(index).or_else(|| endpoints.last())?;
        Some((picked, reads_latency.then(|| cx.now())))
    }

    fn choose(&self) -> Option<&Tier> {
        self.0.first()
    }
}
