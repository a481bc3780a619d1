//! A service as the clients of one selection see it.

use std::sync::{Mutex, PoisonError};

use arc_swap::ArcSwap;
use tokio::time::Instant;

use super::snapshot::Snapshot;
use super::{Known, Selection};
use crate::balance::Turns;

/// The snapshot that calls read, without a lock; replaced as a whole.
#[derive(Debug)]
pub(crate) struct View {
    pub(crate) snapshot: ArcSwap<Snapshot>,
    pub(crate) seed: u64,
    pub(crate) epoch: Instant,
    selection: Selection,
    turns: Mutex<Turns>,
}

impl View {
    pub(crate) fn new(
        selection: Selection,
        seed: u64,
        epoch: Instant,
        known: Known,
        is_known: bool,
    ) -> Self {
        let mut turns = Turns::new(seed);
        let snapshot = Snapshot::new(known, is_known, &selection, &mut turns);
        Self {
            snapshot: ArcSwap::from_pointee(snapshot),
            seed,
            epoch,
            selection,
            turns: Mutex::new(turns),
        }
    }

    pub(crate) const fn selection(&self) -> &Selection {
        &self.selection
    }

    /// Puts what is known now in the place of what was.
    pub(crate) fn publish(&self, known: Known, is_known: bool) {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        let snapshot = Snapshot::new(known, is_known, &self.selection, &mut turns);
        snapshot.tiers.prepare_like(&self.snapshot.load().tiers);
        self.snapshot.store(snapshot.into());
    }
}
