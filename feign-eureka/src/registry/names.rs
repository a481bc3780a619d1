//! The names that instances are found by.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::Entry;

/// Instances by their virtual addresses, in lower case. A name whose last instance has said that it
/// leaves stays known, without any.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<Box<str>, Vec<Arc<Entry>>>);

impl Names {
    pub(super) fn add(&mut self, entry: &Arc<Entry>) {
        each(entry, |name| match self.0.get_mut(name) {
            Some(found) => {
                // The same name may stand in both addresses; an entry is added once, at the end.
                if !found.last().is_some_and(|last| Arc::ptr_eq(last, entry)) {
                    found.push(Arc::clone(entry));
                }
            }
            None => drop(self.0.insert(name.into(), vec![Arc::clone(entry)])),
        });
    }

    pub(super) fn remove(&mut self, entry: &Arc<Entry>) {
        each(entry, |name| {
            if let Some(found) = self.0.get_mut(name) {
                found.retain(|known| !Arc::ptr_eq(known, entry));
            }
        });
    }

    /// Keeps the names in mind that were known before.
    pub(super) fn remember(&mut self, before: Self) {
        for name in before.0.into_keys() {
            self.0.entry(name).or_default();
        }
    }

    pub(super) fn find(&self, name: &str) -> Option<Vec<Arc<Entry>>> {
        self.0.get(&*lower(name)).cloned()
    }

    pub(super) fn known(&self) -> Vec<String> {
        let known = self.0.iter().filter(|(_, found)| !found.is_empty());
        let mut known: Vec<_> = known.map(|(name, _)| name.to_string()).collect();
        known.sort();
        known
    }
}

/// Calls `with` for every name of an instance: of its address, and of that for HTTPS where it wants
/// to be called so.
fn each(entry: &Entry, mut with: impl FnMut(&str)) {
    let secure = if entry.is_secure() { entry.secure_vip() } else { "" };
    for name in entry.vip().split(',').chain(secure.split(',')) {
        let name = name.trim();
        if !name.is_empty() {
            with(&lower(name));
        }
    }
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.chars().any(char::is_uppercase) { name.to_lowercase().into() } else { name.into() }
}
