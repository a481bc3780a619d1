//! What is known of the whole registry: pure, so that time and the network are the caller's.
//!
//! Two things are kept apart. *Listed* is what the server says, of all statuses: the hash counts it.
//! *Held* is what a server no longer lists although nobody said that it left, as after its restart:
//! callers still see it.
#![expect(
    clippy::mutable_key_type,
    reason = "an entry's id never changes, its endpoint is made once"
)]

mod counts;
mod entry;
mod names;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use self::counts::Counts;
use self::entry::ById;
pub(crate) use self::entry::Entry;
use self::names::Names;
use crate::model::{Action, Applications, Listed};

/// Everything that is known.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    apps: HashMap<Arc<str>, HashSet<ById>>,
    counts: Counts,
    names: Names,
    held: BTreeMap<Key, Held>,
}

/// Application and id.
type Key = (Arc<str>, Box<str>);

/// An instance that is missed, since when.
type Held = (Arc<Entry>, Instant);

impl Registry {
    /// Takes in a whole registry.
    pub(crate) fn replace(&mut self, all: Applications, now: Instant) {
        let mut old = std::mem::take(self);
        for listed in all.into_listed() {
            if listed.action == Action::Put {
                let known = old.detach(listed.instance.app(), listed.instance.id());
                self.put(listed, known);
            }
        }
        for (_, (entry, since)) in std::mem::take(&mut old.held) {
            self.hold(entry, since);
        }
        self.names.remember(std::mem::take(&mut old.names));
        for entry in old.apps.into_values().flatten() {
            self.hold(entry.0, now);
        }
    }

    /// Takes in what changed, instance by instance: what a server repeats changes nothing.
    ///
    /// Never application by application, as Java's client does: that adds those which have left
    /// (<https://github.com/Netflix/eureka/issues/1528>).
    pub(crate) fn apply(&mut self, delta: Applications) {
        for listed in delta.into_listed() {
            let known = self.take(listed.instance.app(), listed.instance.id());
            if listed.action == Action::Put {
                self.put(listed, known);
            }
        }
    }

    /// Forgets what has been held for longer than `most`. As long as nothing at all is listed, no time
    /// counts.
    pub(crate) fn expire(&mut self, most: Duration, now: Instant) {
        if self.is_empty() {
            self.held.values_mut().for_each(|(_, since)| *since = now);
            return;
        }
        let names = &mut self.names;
        self.held.retain(|_, (entry, since)| {
            let keep = now.saturating_duration_since(*since) < most;
            if !keep {
                names.remove(entry);
            }
            keep
        });
    }

    /// Returns all instances of a name, in the order of their ids: of a virtual address (VIP), else
    /// of an application. `None`: nobody has ever said the name.
    pub(crate) fn find(&self, name: &str) -> Option<Vec<Arc<Entry>>> {
        let by_name = self.names.find(name);
        let some = by_name.as_ref().is_some_and(|found| !found.is_empty());
        let mut found = if some { by_name } else { self.app(name).or(by_name) }?;
        found.sort_by(|a, b| a.key().cmp(&b.key()));
        Some(found)
    }

    /// Returns one instance, listed or held.
    pub(crate) fn get(&self, app: &str, id: &str) -> Option<&Arc<Entry>> {
        let listed = self.apps.get(app).and_then(|app| app.get(id)).map(|entry| &entry.0);
        listed.or_else(|| self.held.get(&(app.into(), id.into())).map(|(entry, _)| entry))
    }

    /// Returns the names that [`find`](Self::find) finds something under, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        self.names.known()
    }

    /// Whether the server lists nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Whether no instance is known, listed or held.
    pub(crate) fn knows_nothing(&self) -> bool {
        self.is_empty() && self.held.is_empty()
    }

    /// How many instances are held.
    pub(crate) fn held(&self) -> usize {
        self.held.len()
    }

    /// Whether as many of each status are known as the server's hash says. Java counts all instances
    /// of all applications and fetched regions, before it filters.
    pub(crate) fn agrees(&self, hash: &str) -> bool {
        self.counts.to_string() == hash
    }

    /// Returns the hash of what is listed.
    pub(crate) fn hash(&self) -> String {
        self.counts.to_string()
    }

    fn app(&self, name: &str) -> Option<Vec<Arc<Entry>>> {
        let name = name.to_uppercase();
        let listed = self.apps.get(&*name);
        let held = self.held.values().map(|(entry, _)| entry).filter(|held| held.app() == name);
        let held: Vec<_> = held.map(Arc::clone).collect();
        if listed.is_none() && held.is_empty() {
            return None;
        }
        let listed = listed.into_iter().flatten().map(|entry| Arc::clone(&entry.0));
        Some(listed.chain(held).collect())
    }

    /// Lists an instance; what is known of it already stays, with the endpoint that was made of it.
    fn put(&mut self, listed: Listed, known: Option<Arc<Entry>>) {
        let entry = match known {
            Some(known) if known.says_the_same(&listed.instance) => known,
            _ => Arc::new(Entry::new(listed.instance)),
        };
        // A payload may list an instance twice: the last one counts.
        self.take(entry.app(), entry.id());
        self.counts.add(entry.status());
        self.names.add(&entry);
        match self.apps.get_mut(entry.app()) {
            Some(app) => drop(app.insert(ById(entry))),
            None => {
                drop(self.apps.insert(entry.shared_app(), HashSet::from([ById(entry)])));
            }
        }
    }

    /// Keeps an instance in sight that is no longer listed.
    fn hold(&mut self, entry: Arc<Entry>, since: Instant) {
        let key: Key = (entry.shared_app(), entry.id().into());
        if self.apps.get(&key.0).is_some_and(|app| app.contains(&*key.1)) {
            return;
        }
        self.names.add(&entry);
        self.held.insert(key, (entry, since));
    }

    /// Takes an instance out, listed or held.
    fn take(&mut self, app: &str, id: &str) -> Option<Arc<Entry>> {
        let taken = self.detach(app, id)?;
        self.names.remove(&taken);
        Some(taken)
    }

    /// Takes an instance out, and leaves it among the names.
    fn detach(&mut self, app: &str, id: &str) -> Option<Arc<Entry>> {
        self.take_listed(app, id).or_else(|| {
            if self.held.is_empty() {
                return None;
            }
            self.held.remove(&(app.into(), id.into())).map(|(entry, _)| entry)
        })
    }

    fn take_listed(&mut self, app: &str, id: &str) -> Option<Arc<Entry>> {
        let instances = self.apps.get_mut(app)?;
        let entry = instances.take(id)?.0;
        if instances.is_empty() {
            self.apps.remove(app);
        }
        self.counts.remove(entry.status());
        Some(entry)
    }
}
