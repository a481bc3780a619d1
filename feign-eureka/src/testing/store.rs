//! What a registry holds: leases, overrides, and what changed lately.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

use crate::model::Status;

/// How long a change is told by deltas.
const RETENTION: Duration = Duration::from_secs(180);

/// An instance as a registry stores it.
#[derive(Clone, Debug, Default)]
pub(super) struct Stored {
    pub(super) app: String,
    /// As it was sent: without one the host's name is its id, and answers have none.
    pub(super) sent_id: Option<String>,
    pub(super) host: String,
    pub(super) ip: String,
    pub(super) status: Status,
    pub(super) overridden: Status,
    pub(super) port: (u64, bool),
    pub(super) secure_port: (u64, bool),
    pub(super) center: serde_json::Value,
    pub(super) renewal_secs: u64,
    pub(super) duration_secs: u64,
    pub(super) registered_at: i64,
    pub(super) renewed_at: i64,
    pub(super) up_at: i64,
    pub(super) evicted_at: i64,
    pub(super) metadata: BTreeMap<String, String>,
    /// `homePageUrl` and the like, in the order of answers.
    pub(super) urls: Vec<(&'static str, String)>,
    pub(super) vip: Option<String>,
    pub(super) secure_vip: Option<String>,
    pub(super) updated_at: i64,
    pub(super) last_dirty: Option<i64>,
    pub(super) action: &'static str,
    /// Whether its lease never runs out: somebody is thought to renew it.
    pub(super) is_kept: bool,
}

impl Stored {
    pub(super) fn id(&self) -> &str {
        self.sent_id.as_deref().unwrap_or(&self.host)
    }
}

/// A lease; one that was cancelled is kept for deltas.
#[derive(Debug)]
struct Lease {
    stored: Stored,
    /// A renewal adds the duration, and so does the check: a server's bug, kept on purpose.
    counts_from: Instant,
}

#[derive(Debug)]
pub(super) struct Store {
    /// When it was started, on both clocks.
    started: (Instant, SystemTime),
    leases: HashMap<u64, Lease>,
    next: u64,
    by_key: BTreeMap<(String, String), u64>,
    overrides: HashMap<String, Status>,
    changes: VecDeque<(Instant, u64)>,
    pub(super) delta_version: u64,
}

/// Whether a lease is renewed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Renewal {
    Renewed,
    NotFound,
    /// The server's is newer; only a replica is told.
    Newer,
}

impl Store {
    pub(super) fn new() -> Self {
        Self {
            started: (Instant::now(), SystemTime::now()),
            leases: HashMap::new(),
            next: 0,
            by_key: BTreeMap::new(),
            overrides: HashMap::new(),
            changes: VecDeque::new(),
            delta_version: 0,
        }
    }

    /// Returns the time in milliseconds since 1970, on tokio's clock.
    pub(super) fn now(&self) -> i64 {
        let passed = Instant::now().saturating_duration_since(self.started.0);
        let now = self.started.1.duration_since(UNIX_EPOCH).unwrap_or_default() + passed;
        i64::try_from(now.as_millis()).unwrap_or(i64::MAX)
    }

    /// Drops what ran out: leases first, which deltas tell, then changes.
    pub(super) fn tidy(&mut self) {
        let now = Instant::now();
        let ended = self.by_key.iter().filter(|(_, lease)| self.has_ended(**lease, now));
        let ended: Vec<_> = ended.map(|(key, _)| key.clone()).collect();
        for (app, id) in ended {
            self.cancel(&app, &id);
        }
        let is_old = |at: &Instant| now.saturating_duration_since(*at) > RETENTION;
        while self.changes.front().is_some_and(|(at, _)| is_old(at)) {
            self.changes.pop_front();
        }
        let kept: BTreeSet<_> = self
            .changes
            .iter()
            .map(|(_, lease)| *lease)
            .chain(self.by_key.values().copied())
            .collect();
        self.leases.retain(|lease, _| kept.contains(lease));
    }

    fn has_ended(&self, lease: u64, now: Instant) -> bool {
        self.leases.get(&lease).is_some_and(|lease| {
            let duration = Duration::from_secs(lease.stored.duration_secs);
            !lease.stored.is_kept && now.saturating_duration_since(lease.counts_from) > duration
        })
    }

    /// Registers; an older record than the known one is taken for that.
    pub(super) fn register(&mut self, mut new: Stored) {
        let key = (new.app.clone(), new.id().to_owned());
        let existing = self.lease(&key.0, &key.1).map(|lease| lease.stored.clone());
        let now = self.now();
        if let Some(known) = &existing {
            if known.last_dirty > new.last_dirty {
                new = known.clone();
            }
            new.up_at = known.up_at;
        }
        if new.overridden != Status::Unknown {
            self.overrides.entry(key.1.clone()).or_insert(new.overridden);
        }
        if let Some(overridden) = self.overrides.get(&key.1) {
            new.overridden = *overridden;
        }
        new.status = self.effective(&new, existing.as_ref());
        if new.status == Status::Up && new.up_at == 0 {
            new.up_at = now;
        }
        (new.registered_at, new.renewed_at, new.updated_at) = (now, now, now);
        new.action = "ADDED";
        let lease = self.next;
        self.next += 1;
        self.leases.insert(lease, Lease { stored: new, counts_from: Instant::now() });
        self.by_key.insert(key, lease);
        self.changes.push_back((Instant::now(), lease));
    }

    /// The rules, in their order: what is down or starting says so; an override; what a lease says that
    /// is there; else what is said.
    fn effective(&self, said: &Stored, existing: Option<&Stored>) -> Status {
        if !matches!(said.status, Status::Up | Status::OutOfService) {
            return said.status;
        }
        if let Some(overridden) = self.overrides.get(said.id()) {
            return *overridden;
        }
        let existing = existing.map(|existing| existing.status);
        existing.filter(|s| matches!(s, Status::Up | Status::OutOfService)).unwrap_or(said.status)
    }

    pub(super) fn renew(&mut self, app: &str, id: &str, last_dirty: Option<i64>) -> Renewal {
        let Some(known) = self.lease(app, id).map(|lease| lease.stored.clone()) else {
            return Renewal::NotFound;
        };
        let status = self.effective(&known, Some(&known));
        if status == Status::Unknown {
            return Renewal::NotFound;
        }
        self.touch(app, id, |stored| stored.status = status);
        match (last_dirty, known.last_dirty) {
            (Some(theirs), Some(ours)) if theirs > ours => Renewal::NotFound,
            (Some(theirs), Some(ours)) if theirs < ours => Renewal::Newer,
            _ => Renewal::Renewed,
        }
    }

    pub(super) fn cancel(&mut self, app: &str, id: &str) -> bool {
        let now = self.now();
        self.overrides.remove(id);
        let Some(lease) = self.by_key.remove(&(app.to_owned(), id.to_owned())) else {
            return false;
        };
        if let Some(lease) = self.leases.get_mut(&lease) {
            lease.stored.action = "DELETED";
            (lease.stored.updated_at, lease.stored.evicted_at) = (now, now);
        }
        self.changes.push_back((Instant::now(), lease));
        true
    }

    pub(super) fn forget(&mut self, app: &str, id: &str) {
        if let Some(lease) = self.by_key.remove(&(app.to_owned(), id.to_owned())) {
            self.changes.retain(|(_, changed)| *changed != lease);
        }
    }

    pub(super) fn override_status(
        &mut self,
        app: &str,
        id: &str,
        status: Status,
        last_dirty: Option<i64>,
    ) -> bool {
        let Some(known) = self.lease(app, id).map(|lease| lease.stored.status) else {
            return false;
        };
        if known == status {
            self.touch(app, id, |_| {});
            return true;
        }
        self.overrides.insert(id.to_owned(), status);
        let now = self.now();
        self.touch(app, id, |stored| {
            (stored.status, stored.overridden) = (status, status);
            if status == Status::Up && stored.up_at == 0 {
                stored.up_at = now;
            }
            stored.last_dirty = stored.last_dirty.max(last_dirty);
        });
        self.changed(app, id);
        true
    }

    pub(super) fn remove_override(&mut self, app: &str, id: &str, status: Status) -> bool {
        if self.lease(app, id).is_none() {
            return false;
        }
        let had = self.overrides.remove(id).is_some();
        self.touch(app, id, |stored| {
            if had {
                (stored.status, stored.overridden) = (status, Status::Unknown);
            }
        });
        self.changed(app, id);
        true
    }

    /// Merges entries. It counts as a registration.
    pub(super) fn merge_metadata(
        &mut self,
        app: &str,
        id: &str,
        entries: BTreeMap<String, String>,
    ) -> bool {
        let Some(mut stored) = self.lease(app, id).map(|lease| lease.stored.clone()) else {
            return false;
        };
        stored.metadata.extend(entries);
        self.register(stored);
        true
    }

    pub(super) fn get(&self, app: &str, id: &str) -> Option<&Stored> {
        self.lease(app, id).map(|lease| &lease.stored)
    }

    /// Returns everything, by application and id.
    pub(super) fn all(&self) -> impl Iterator<Item = &Stored> {
        self.by_key.values().filter_map(|lease| Some(&self.leases.get(lease)?.stored))
    }

    /// Returns what changed lately; of an instance that changed twice the last state, at its last place.
    pub(super) fn changed_lately(&self) -> Vec<&Stored> {
        let mut last = HashMap::new();
        for (place, (_, lease)) in self.changes.iter().enumerate() {
            if let Some(Lease { stored, .. }) = self.leases.get(lease) {
                last.insert((stored.app.as_str(), stored.id()), (place, stored));
            }
        }
        let mut last: Vec<_> = last.into_values().collect();
        last.sort_by_key(|(place, _)| *place);
        last.into_iter().map(|(_, stored)| stored).collect()
    }

    fn lease(&self, app: &str, id: &str) -> Option<&Lease> {
        self.leases.get(self.by_key.get(&(app.to_owned(), id.to_owned()))?)
    }

    /// Renews a lease, and changes what it holds.
    fn touch(&mut self, app: &str, id: &str, with: impl FnOnce(&mut Stored)) {
        let now = self.now();
        let lease = self.by_key.get(&(app.to_owned(), id.to_owned()));
        if let Some(lease) = lease.and_then(|lease| self.leases.get_mut(lease)) {
            let duration = lease.stored.duration_secs;
            lease.counts_from = Instant::now() + Duration::from_secs(duration);
            lease.stored.renewed_at =
                now.saturating_add(i64::try_from(duration).unwrap_or(0).saturating_mul(1000));
            with(&mut lease.stored);
        }
    }

    fn changed(&mut self, app: &str, id: &str) {
        let now = self.now();
        let Some(lease) = self.by_key.get(&(app.to_owned(), id.to_owned())).copied() else {
            return;
        };
        if let Some(lease) = self.leases.get_mut(&lease) {
            lease.stored.action = "MODIFIED";
            lease.stored.updated_at = now;
        }
        self.changes.push_back((Instant::now(), lease));
    }
}
