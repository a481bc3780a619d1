//! Makes what is known of a service agree with what its source says.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::time::Instant;

use super::{Endpoint, Freshness, Known, Update};

/// What is known of one service.
#[derive(Debug)]
pub(super) struct Reconciler {
    known: Known,
    is_known: bool,
}

impl Reconciler {
    pub(super) fn new(source: Arc<str>) -> Self {
        let known = Known { source, freshness: Freshness::Pending, endpoints: Arc::new([]) };
        Self { known, is_known: true }
    }

    pub(super) const fn known(&self) -> (&Known, bool) {
        (&self.known, self.is_known)
    }

    /// Takes in what a source says.
    pub(super) fn apply(&mut self, update: Update) {
        match update {
            Ok(endpoints) => {
                self.is_known = endpoints.is_some();
                self.known.endpoints = self.merged(endpoints.unwrap_or_default());
                self.known.freshness = Freshness::Live;
            }
            Err(cause) => self.fail(&cause.to_string()),
        }
    }

    fn fail(&mut self, cause: &str) {
        let since = match self.known.freshness {
            Freshness::Stale { since, .. } => since,
            _ => Instant::now().into_std(),
        };
        self.known.freshness = Freshness::Stale { since, cause: cause.into() };
    }

    /// The new endpoints; an instance that was there keeps its statistics.
    fn merged(&self, new: Vec<Endpoint>) -> Arc<[Endpoint]> {
        let old: HashMap<_, _> = self.known.endpoints.iter().map(|e| (e.id(), e)).collect();
        let merged = new.into_iter().map(|endpoint| match old.get(&endpoint.id()).copied() {
            Some(known) if known.says_the_same(&endpoint) => known.clone(),
            Some(known) => endpoint.sharing(Arc::clone(known.shared_load()), None),
            None => endpoint.sharing(Arc::default(), None),
        });
        merged.collect()
    }
}
