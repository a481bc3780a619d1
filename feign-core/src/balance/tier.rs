//! Which endpoints are asked first: those that are listed, by priority, then by zone.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use tokio::time::Instant;

use super::context::{PickContext, Tried, hash_of, mix};
use super::{Balance, EndpointSet, Group, Policy, RoundRobin, Tick, spill};
use crate::discover::{Endpoint, Selection};

/// So often another endpoint is drawn in the place of one that is spared; then that is taken.
const REDRAWS: usize = 4;

/// Endpoints that are equally near.
#[derive(Debug)]
pub(crate) struct Tier {
    pub(super) set: EndpointSet,
    pub(super) rank: Rank,
    pub(super) group: Arc<Group>,
    turn: Arc<AtomicU64>,
    /// How long a new endpoint is spared, in nanoseconds.
    window: u64,
    /// Until when one of them is; 0 if none is, and the clock need not be read.
    spares_until: AtomicU64,
}

/// What stands before zones: whether they are only kept, their source not listing them; their priority.
pub(super) type Rank = (bool, u16);

/// How near endpoints are: by their rank, and whether they stand in our zone, where some do.
type Nearness = (Rank, bool);

/// What a view keeps of its tiers from one snapshot to the next.
#[derive(Debug)]
pub(crate) struct Turns {
    seed: u64,
    tiers: BTreeMap<Nearness, (Arc<AtomicU64>, Arc<Group>)>,
    spills: Arc<AtomicU64>,
}

impl Turns {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, tiers: BTreeMap::new(), spills: Arc::default() }
    }

    /// Returns the turn of a tier, which begins anywhere, but not where it could overflow in use; and
    /// its statistics.
    fn of(&mut self, nearness: Nearness) -> (Arc<AtomicU64>, Arc<Group>) {
        let ((is_kept, priority), is_far) = nearness;
        let number = u64::from(priority) << 2 | u64::from(is_kept) << 1 | u64::from(is_far);
        let start = mix(self.seed.wrapping_add(number)) >> 32;
        let new = || (Arc::new(AtomicU64::new(start)), Arc::default());
        self.tiers.entry(nearness).or_insert_with(new).clone()
    }
}

/// The tiers of a snapshot, the nearest first.
#[derive(Debug, Default)]
pub(crate) struct Tiers {
    tiers: Box<[Tier]>,
    spills: Arc<AtomicU64>,
}

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
    /// Puts endpoints that can be called into tiers.
    pub(crate) fn new(endpoints: Vec<Endpoint>, selection: &Selection, turns: &mut Turns) -> Self {
        let mut tiers: BTreeMap<Nearness, Vec<Endpoint>> = BTreeMap::new();
        for endpoint in endpoints {
            let is_far = endpoint.zone() != selection.zone.as_deref();
            let rank = (endpoint.is_behind(), endpoint.priority());
            let nearness = (rank, selection.zone.is_some() && is_far);
            tiers.entry(nearness).or_default().push(endpoint);
        }
        let has_others = tiers.len() > 1;
        let tiers = tiers.into_iter().map(|(nearness, mut endpoints)| {
            if let Some(most) = selection.subset {
                endpoints = subset(endpoints, most, turns.seed);
            }
            let (turn, group) = turns.of(nearness);
            if has_others {
                let share = |e: Endpoint| e.in_group(Arc::clone(&group));
                endpoints = endpoints.into_iter().map(share).collect();
            }
            Tier::new(endpoints, nearness.0, group, turn, selection.slow_start)
        });
        Self { tiers: tiers.collect(), spills: Arc::clone(&turns.spills) }
    }

    /// Makes what policies have asked the last tiers for, so that no call has to.
    pub(crate) fn prepare_like(&self, last: &Self) {
        for (tier, last) in self.tiers.iter().flat_map(|t| last.tiers.iter().map(move |l| (t, l))) {
            tier.set.prepare_like(&last.set);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.tiers.is_empty()
    }

    /// Picks an endpoint; `None` if there is none. With the time where latency is read.
    pub(crate) fn pick(&self, wanted: For<'_>) -> Option<(&Endpoint, Option<Tick>)> {
        if let ([tier], None) = (&*self.tiers, wanted.policy.other())
            && tier.spares_until.load(Relaxed) == 0
        {
            return Some((tier.in_turn()?, None));
        }
        self.pick_by_policy(wanted)
    }

    #[inline(never)]
    fn pick_by_policy(&self, wanted: For<'_>) -> Option<(&Endpoint, Option<Tick>)> {
        let balance = wanted.policy.other().unwrap_or(&RoundRobin);
        let mut cx = PickContext {
            turn: 0,
            seed: wanted.seed,
            drawn: 0,
            key: wanted.key,
            client: wanted.client,
            epoch: wanted.epoch,
            now: None,
            tried: Tried::default(),
            scope: PhantomData,
        };
        let tier = match &*self.tiers {
            [only] => only,
            tiers => self.choose(tiers, balance, &mut cx)?,
        };
        let endpoints = tier.set.endpoints();
        let reads_latency = balance.reads_latency();
        if let [only] = endpoints
            && !reads_latency
        {
            return Some((only, None));
        }
        cx.turn = tier.turn.fetch_add(1, Relaxed);
        let mut index = balance.pick(&tier.set, &mut cx);
        if tier.spares_until.load(Relaxed) != 0 {
            index = tier.spared(index, balance, &mut cx);
        }
        let picked = endpoints.get(index).or_else(|| endpoints.last())?;
        Some((picked, reads_latency.then(|| cx.now())))
    }

    #[inline(never)]
    fn choose<'a>(
        &self,
        tiers: &'a [Tier],
        balance: &dyn Balance,
        cx: &mut PickContext<'_>,
    ) -> Option<&'a Tier> {
        // Draws of its own, beside those of the tiers.
        cx.turn = self.spills.fetch_add(1, Relaxed) | 1 << 59;
        let tier = spill::choose(tiers, balance, cx);
        cx.drawn = 0;
        tier
    }
}

impl Tier {
    fn new(
        endpoints: Vec<Endpoint>,
        rank: Rank,
        group: Arc<Group>,
        turn: Arc<AtomicU64>,
        slow_start: Duration,
    ) -> Self {
        let window = u64::try_from(slow_start.as_nanos()).unwrap_or(u64::MAX);
        let joined = endpoints.iter().map(|endpoint| endpoint.load().joined()).max();
        let spares_until = match joined {
            Some(joined) if joined > 0 && window > 0 => joined.saturating_add(window),
            _ => 0,
        };
        let spares_until = AtomicU64::new(spares_until);
        Self { set: EndpointSet::new(endpoints), rank, group, turn, window, spares_until }
    }

    /// Round robin: what every other policy does by [`Balance::pick`].
    fn in_turn(&self) -> Option<&Endpoint> {
        let endpoints = self.set.endpoints();
        if let [only] = endpoints {
            return Some(only);
        }
        let turn = self.turn.fetch_add(1, Relaxed);
        endpoints.get(turn.checked_rem(endpoints.len() as u64)? as usize)
    }

    /// Takes another endpoint in the place of one that is new, the less often the longer that is there.
    #[cold]
    fn spared(&self, picked: usize, balance: &dyn Balance, cx: &mut PickContext<'_>) -> usize {
        let now = cx.now();
        if now >= self.spares_until.load(Relaxed) {
            self.spares_until.store(0, Relaxed);
            return picked;
        }
        let mut picked = picked.min(self.set.len() - 1);
        for _ in 0..REDRAWS {
            if self.accepts(picked, now, cx) {
                break;
            }
            cx.tried.add(picked);
            // The next in turn, and not the same again: the others stay even among themselves.
            cx.turn = self.turn.fetch_add(1, Relaxed);
            picked = self.untried(balance.pick(&self.set, cx), cx);
        }
        picked
    }

    fn accepts(&self, index: usize, now: Tick, cx: &mut PickContext<'_>) -> bool {
        let joined = self.set.endpoints().get(index).map_or(0, |e| e.load().joined());
        let age = now.saturating_sub(joined);
        joined == 0 || age >= self.window || cx.draw_below(self.window) < age.max(self.window / 10)
    }

    /// The endpoint that a policy says, or the next one that has not been passed over.
    fn untried(&self, picked: usize, cx: &PickContext<'_>) -> usize {
        let length = self.set.len();
        let picked = picked.min(length - 1);
        let next = (0..=REDRAWS).map(|step| (picked + step) % length);
        next.into_iter().find(|index| !cx.is_tried(*index)).unwrap_or(picked)
    }
}

/// The `most` endpoints whose ids hash highest with the seed. When one leaves, one comes in its place,
/// and the others stay.
fn subset(endpoints: Vec<Endpoint>, most: usize, seed: u64) -> Vec<Endpoint> {
    if endpoints.len() <= most {
        return endpoints;
    }
    let rank = |endpoint: &Endpoint| mix(hash_of(endpoint.id().as_bytes()) ^ mix(seed));
    let mut ranked: Vec<_> = endpoints.iter().enumerate().map(|(at, e)| (rank(e), at)).collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    let mut taken: Vec<_> = ranked.into_iter().take(most).map(|(_, at)| at).collect();
    taken.sort_unstable();
    taken.into_iter().filter_map(|at| endpoints.get(at).cloned()).collect()
}
