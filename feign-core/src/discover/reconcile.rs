//! Makes what is known of a service agree with what its source says.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use tokio::time::Instant;

use super::guard::{Guard, Verdict};
use super::{Endpoint, Freshness, Known, Terms};
use crate::balance::{Load, Tick, tick};
use crate::error::shown;
use crate::log::Rules;
use crate::observe::Happened;

/// Of so many ids it is remembered that it was said that a source lists them twice.
const REMEMBERED: usize = 64;

/// What is known of one service. Everything that changes it says whether there is something to
/// publish.
#[derive(Debug)]
pub(super) struct Reconciler {
    service: Arc<str>,
    /// From when on the hub's time counts.
    epoch: Instant,
    known: Known,
    /// Whether the source knew the name when it spoke last.
    is_named: bool,
    guard: Guard,
    doubled: HashSet<String>,
    /// Whether observers are to be told what happens.
    is_observed: bool,
    happened: Vec<Happened>,
    rules: Rules,
}

impl Reconciler {
    pub(super) fn new(service: Arc<str>, source: &str, terms: &Terms, epoch: Instant) -> Self {
        let known = Known {
            source: shown(&terms.rules.url(source)).into(),
            freshness: Freshness::Pending,
            has_answered: false,
            endpoints: Arc::new([]),
        };
        let guard = Guard::new(terms.grace);
        Self {
            service,
            epoch,
            known,
            is_named: true,
            guard,
            doubled: HashSet::new(),
            is_observed: terms.observers.is_some(),
            happened: Vec::new(),
            rules: terms.rules.clone(),
        }
    }

    /// What is known, and whether the name is. It is, as long as an endpoint of it is kept.
    pub(super) fn known(&self) -> (&Known, bool) {
        (&self.known, self.is_named || !self.known.endpoints.is_empty())
    }

    /// Takes in what the source says there is.
    pub(super) fn take(&mut self, said: Option<Vec<Endpoint>>, now: Instant) -> bool {
        let was_known = self.known().1;
        let had_answered = std::mem::replace(&mut self.known.has_answered, true);
        let revived = self.revive();
        self.is_named = said.is_some();
        let said = said.unwrap_or_default();
        let listed = Listed::of(&said);
        self.tell_doubles(&listed.doubled);
        let is_listed = |id: &str| listed.by_id.contains_key(id);
        let verdict = self.guard.judge(&self.known.endpoints, is_listed, said.is_empty(), now);
        self.tell(verdict);
        let is_new = self.merge(&said, listed, now);
        is_new || revived || !had_answered || was_known != self.known().1
    }

    /// Puts the listed endpoints in the place of the known ones: the same instance keeps its statistics
    /// and its place, an unchanged one is the same value. New ones come at the end.
    fn merge(&mut self, said: &[Endpoint], mut listed: Listed<'_>, now: Instant) -> bool {
        let old = Arc::clone(&self.known.endpoints);
        let mut merged = Vec::with_capacity(old.len().max(said.len()));
        let mut is_new = false;
        let is_behind = self.has_successors(&old, &listed);
        for known in &*old {
            let id = known.id();
            match listed.by_id.remove(id.as_ref()).and_then(|at| said.get(at)) {
                Some(new) if !known.is_behind() && known.says_the_same(new) => {
                    merged.push(known.clone());
                }
                Some(new) => {
                    is_new = true;
                    merged.push(new.clone().sharing(Arc::clone(known.shared_load())));
                }
                None if self.guard.holds(&id) && known.is_behind() == is_behind => {
                    merged.push(known.clone());
                }
                None if self.guard.holds(&id) => {
                    is_new = true;
                    merged.push(known.clone().behind(is_behind));
                }
                None => is_new = true,
            }
        }
        let joined = if old.is_empty() { 0 } else { self.tick(now) };
        for (at, new) in said.iter().enumerate() {
            if listed.by_id.get(new.id().as_ref()) == Some(&at) {
                is_new = true;
                merged.push(new.clone().sharing(joining(joined)));
            }
        }
        if is_new {
            let (before, endpoints) = (old.len(), merged.len());
            tracing::debug!(
                target: "feign::discover",
                service = %self, source = %self.known.source, before, endpoints, "the endpoints changed"
            );
            self.happen(Happened::Changed { before, endpoints });
            self.known.endpoints = merged.into();
        }
        is_new
    }

    /// Whether those that are listed are as many as those that are kept without being listed: then a
    /// deployment has replaced them, and is no loss of the source.
    fn has_successors(&self, old: &[Endpoint], listed: &Listed<'_>) -> bool {
        let is_kept = |id: &str| !listed.by_id.contains_key(id) && self.guard.holds(id);
        let kept = old.iter().filter(|endpoint| is_kept(&endpoint.id())).count();
        listed.by_id.len() >= kept
    }

    /// The source fails: what it said stays.
    pub(super) fn fail(&mut self, cause: &str, now: Instant) -> bool {
        let cause = &*self.rules.url(cause);
        let since = match &self.known.freshness {
            Freshness::Stale { cause: known, .. } if **known == *cause => return false,
            Freshness::Stale { since, .. } => *since,
            Freshness::Pending | Freshness::Live => {
                let endpoints = self.known.endpoints.len();
                tracing::warn!(
                    target: "feign::discover",
                    service = %self, source = %self.known.source, endpoints, cause,
                    "the source fails; what it said last is kept"
                );
                self.happen(Happened::Failed { cause: cause.into(), endpoints });
                now.into_std()
            }
        };
        self.known.freshness = Freshness::Stale { since, cause: cause.into() };
        true
    }

    fn revive(&mut self) -> bool {
        let was = std::mem::replace(&mut self.known.freshness, Freshness::Live);
        if let Freshness::Stale { .. } = was {
            tracing::info!(
                target: "feign::discover",
                service = %self, source = %self.known.source, "the source answers again"
            );
            self.happen(Happened::Recovered);
        }
        !matches!(was, Freshness::Live)
    }

    /// Nobody follows the source any more, for no fault of its own.
    pub(super) fn abandon(&mut self, cause: &str, now: Instant) -> bool {
        let is_live = self.is_live();
        if is_live {
            self.known.freshness = Freshness::Stale { since: now.into_std(), cause: cause.into() };
        }
        is_live
    }

    /// Forgets everything: who comes next waits for a fresh first word.
    pub(super) fn forget(&mut self) {
        self.known.freshness = Freshness::Pending;
        self.known.has_answered = false;
        self.known.endpoints = Arc::new([]);
        self.is_named = true;
        self.guard.clear();
    }

    // === what is held back ===

    /// When something that is held back is due.
    pub(super) fn due(&self) -> Option<Instant> {
        self.guard.due(self.is_live())
    }

    /// Applies what was held back and is due.
    pub(super) fn elapse(&mut self, now: Instant) -> bool {
        let expired = self.guard.expire(self.is_live(), now);
        if expired.is_empty() {
            return false;
        }
        self.tell(Verdict { expired: expired.len(), ..Verdict::default() });
        let known = self.known.endpoints.iter();
        let kept = known.filter(|endpoint| !expired.contains_key(&*endpoint.id())).cloned();
        self.known.endpoints = kept.collect();
        true
    }

    const fn is_live(&self) -> bool {
        matches!(self.known.freshness, Freshness::Live)
    }

    // === what is said of it ===

    fn happen(&mut self, what: Happened) {
        if self.is_observed {
            self.happened.push(what);
        }
    }

    /// Returns what has happened since this was asked last.
    pub(super) fn happened(&mut self) -> Vec<Happened> {
        std::mem::take(&mut self.happened)
    }

    fn tell(&mut self, verdict: Verdict) {
        let Verdict { held, returned, expired } = verdict;
        let (source, known, grace) =
            (&self.known.source, self.known.endpoints.len(), self.guard.grace());
        if held > 0 {
            tracing::warn!(
                target: "feign::discover",
                service = %self, %source, gone = held, known, kept_for = ?grace,
                "many endpoints are gone at once; they are kept, and removed if the source still does not list them then"
            );
            self.happened
                .extend(self.is_observed.then_some(Happened::Held { gone: held, kept_for: grace }));
        }
        if returned > 0 {
            tracing::info!(
                target: "feign::discover",
                service = %self, %source, returned, "endpoints that were held are listed again"
            );
        }
        if expired > 0 {
            tracing::warn!(
                target: "feign::discover",
                service = %self, %source, gone = expired, known,
                "endpoints that the source does not list are removed now"
            );
            self.happened.extend(self.is_observed.then_some(Happened::Removed { gone: expired }));
        }
    }

    fn tell_doubles(&mut self, doubled: &[Cow<'_, str>]) {
        for id in doubled {
            if self.doubled.len() < REMEMBERED && self.doubled.insert(id.as_ref().to_owned()) {
                tracing::warn!(
                    target: "feign::discover",
                    service = %self, source = %self.known.source, id = %shown(id),
                    "the source lists an id twice; the last one counts"
                );
            }
        }
    }

    fn tick(&self, now: Instant) -> Tick {
        // 0 is "from the start".
        tick(self.epoch, now).max(1)
    }
}

/// As it may be shown.
impl fmt::Display for Reconciler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.service.escape_debug())
    }
}

/// What a source lists, each id once: the last of those with the same.
struct Listed<'a> {
    by_id: HashMap<Cow<'a, str>, usize>,
    doubled: Vec<Cow<'a, str>>,
}

impl<'a> Listed<'a> {
    fn of(said: &'a [Endpoint]) -> Self {
        let mut listed = Self { by_id: HashMap::with_capacity(said.len()), doubled: Vec::new() };
        for (at, endpoint) in said.iter().enumerate() {
            if listed.by_id.insert(endpoint.id(), at).is_some() {
                listed.doubled.push(endpoint.id());
            }
        }
        listed
    }
}

/// The statistics of a new instance.
fn joining(at: Tick) -> Arc<Load> {
    let load = Arc::<Load>::default();
    if at > 0 {
        load.set_joined(at);
    }
    load
}
