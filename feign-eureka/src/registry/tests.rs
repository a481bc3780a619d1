//! E16: whatever the order in which a registry is read, it comes to be the server's.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use tokio::time::Instant;

use super::Registry;
use crate::model::{Applications, Status};

/// A server, reduced to what a reader can see of it.
#[derive(Debug, Default)]
struct Server {
    now: BTreeMap<(u8, u8), Status>,
    changes: Vec<(u8, u8)>,
    /// What left, as it was.
    gone: BTreeMap<(u8, u8), Status>,
    /// From which change on a delta tells.
    window: usize,
}

impl Server {
    fn put(&mut self, key: (u8, u8), status: Status) {
        self.now.insert(key, status);
        self.changes.push(key);
    }

    fn remove(&mut self, key: (u8, u8)) {
        if let Some(status) = self.now.remove(&key) {
            self.gone.insert(key, status);
            self.changes.push(key);
        }
    }

    fn hash(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        self.now.values().for_each(|status| *counts.entry(status.as_str()).or_default() += 1);
        counts.iter().map(|(status, count)| format!("{status}_{count}_")).collect()
    }

    fn full(&self) -> Applications {
        written(self.now.iter().map(|(key, status)| (*key, *status, "ADDED")), &self.hash())
    }

    /// What changed in the window, in its order and with its repetitions.
    fn delta(&self) -> Applications {
        let changed = self.changes[self.window..].iter().map(|key| match self.now.get(key) {
            Some(status) => (*key, *status, "MODIFIED"),
            None => (*key, self.gone[key], "DELETED"),
        });
        written(changed, &self.hash())
    }
}

fn written(
    all: impl Iterator<Item = ((u8, u8), Status, &'static str)>,
    hash: &str,
) -> Applications {
    let application = all.map(|((app, id), status, action)| {
        let vip = if app == 0 { "shared".to_owned() } else { format!("v{app},shared") };
        let one = serde_json::json!({
            "instanceId": id.to_string(), "hostName": format!("h{id}"), "status": status.as_str(),
            "vipAddress": vip, "actionType": action,
        });
        serde_json::json!({ "name": format!("A{app}"), "instance": [one] })
    });
    let application: Vec<_> = application.collect();
    let json = serde_json::json!({ "applications": {
        "versions__delta": "1", "apps__hashcode": hash, "application": application,
    } });
    Applications::from_json(json.to_string().as_bytes()).unwrap()
}

/// What a reader sees: by application and id.
fn seen(registry: &Registry) -> BTreeMap<(String, String), Status> {
    let all = registry.apps.values().flatten().map(|entry| &entry.0);
    all.map(|one| ((one.app().to_owned(), one.id().to_owned()), one.status())).collect()
}

fn meant(server: &Server) -> BTreeMap<(String, String), Status> {
    let all = server.now.iter();
    all.map(|((app, id), status)| ((format!("A{app}"), id.to_string()), *status)).collect()
}

/// What the registry says of itself: its indices hold exactly what they should.
fn check(registry: &Registry) {
    let listed = seen(registry);
    let shared = registry.find("SHARED").unwrap_or_default();
    let held = registry.held.len();
    assert_eq!(shared.len(), listed.len() + held, "the index by names");
    for entry in &shared {
        let known = registry.get(entry.app(), entry.id()).unwrap();
        assert!(Arc::ptr_eq(known, entry), "one entry for one instance");
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    listed.values().for_each(|status| *counts.entry(status.as_str()).or_default() += 1);
    let hash: String = counts.iter().map(|(status, count)| format!("{status}_{count}_")).collect();
    assert_eq!(registry.hash(), hash);
}

#[derive(Clone, Debug)]
enum Step {
    Put(u8, u8, Status),
    Remove(u8, u8),
    /// The oldest changes are told no more.
    Forget(usize),
    Restart,
    Delta,
    Full,
    Wait,
}

fn status() -> impl Strategy<Value = Status> {
    prop::sample::select(Status::ALL.to_vec())
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..3_u8, 0..4_u8, status()).prop_map(|(app, id, status)| Step::Put(app, id, status)),
        3 => (0..3_u8, 0..4_u8).prop_map(|(app, id)| Step::Remove(app, id)),
        1 => (0..4_usize).prop_map(Step::Forget),
        1 => Just(Step::Restart),
        4 => Just(Step::Delta),
        1 => Just(Step::Full),
        1 => Just(Step::Wait),
    ]
}

const HOLD: Duration = Duration::from_secs(180);

/// What the fetcher does with a delta: everything is read where the hashes differ.
fn read_delta(registry: &mut Registry, server: &Server, now: Instant) {
    let delta = server.delta();
    let hash = delta.hash().unwrap_or_default().to_owned();
    registry.apply(delta);
    if !registry.agrees(&hash) {
        registry.replace(server.full(), now);
    }
    registry.expire(HOLD, now);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Any interleaving of deltas, with any gaps, and one full read: it is the server's.
    #[test]
    fn any_interleaving_converges(steps in prop::collection::vec(step(), 1..60)) {
        let mut server = Server::default();
        let mut registry = Registry::default();
        let mut now = Instant::now();
        for step in steps {
            match step {
                Step::Put(app, id, status) => server.put((app, id), status),
                Step::Remove(app, id) => server.remove((app, id)),
                Step::Forget(count) => server.window = (server.window + count).min(server.changes.len()),
                Step::Restart => server = Server::default(),
                Step::Delta => read_delta(&mut registry, &server, now),
                Step::Full => {
                    registry.replace(server.full(), now);
                    registry.expire(HOLD, now);
                    prop_assert_eq!(seen(&registry), meant(&server));
                }
                Step::Wait => now += Duration::from_secs(60),
            }
            check(&registry);
        }
        registry.replace(server.full(), now);
        // A delta behind it, as old as may be, takes nothing of that away.
        read_delta(&mut registry, &server, now);
        prop_assert_eq!(seen(&registry), meant(&server));
        check(&registry);
        // Nothing is held for ever, but where nothing at all is listed.
        now += HOLD;
        registry.expire(HOLD, now);
        prop_assert!(registry.held() == 0 || server.now.is_empty());
        check(&registry);
    }

    /// Without gaps no full read is needed, however often a delta repeats itself.
    #[test]
    fn deltas_alone_suffice(steps in prop::collection::vec(step(), 1..60)) {
        let mut server = Server::default();
        let mut registry = Registry::default();
        let now = Instant::now();
        for step in steps {
            match step {
                Step::Put(app, id, status) => server.put((app, id), status),
                Step::Remove(app, id) => server.remove((app, id)),
                Step::Delta => {
                    registry.apply(server.delta());
                    registry.apply(server.delta());
                    prop_assert!(registry.agrees(&server.hash()));
                    prop_assert_eq!(seen(&registry), meant(&server));
                }
                Step::Forget(_) | Step::Restart | Step::Full | Step::Wait => {}
            }
        }
        registry.apply(server.delta());
        prop_assert_eq!(seen(&registry), meant(&server));
        registry.expire(HOLD, now);
        prop_assert_eq!(registry.held(), 0);
    }

    /// Nobody who did not say good-bye is lost within the time that is held.
    #[test]
    fn nobody_is_lost_by_a_restart(
        before in prop::collection::vec((0..3_u8, 0..4_u8, status()), 1..12),
        again in prop::collection::vec((0..3_u8, 0..4_u8, status()), 0..12),
    ) {
        let mut server = Server::default();
        let now = Instant::now();
        before.iter().for_each(|(app, id, status)| server.put((*app, *id), *status));
        let mut registry = Registry::default();
        registry.replace(server.full(), now);
        let known = registry.find("shared").unwrap().len();
        server = Server::default();
        again.iter().for_each(|(app, id, status)| server.put((*app, *id), *status));
        for after in [0, 60, 179] {
            read_delta(&mut registry, &server, now + Duration::from_secs(after));
            prop_assert!(registry.find("shared").unwrap().len() >= known);
        }
    }
}
