//! What a call sees of a service: made once per update, and never changed.

use std::sync::Arc;

use super::{Endpoint, Known, Selection};
use crate::balance::{Tiers, Turns};

/// Everything that a pick needs, and what an error says.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub(crate) tiers: Tiers,
    pub(crate) known: Known,
    /// Whether the source knows the name.
    pub(crate) is_known: bool,
}

impl Snapshot {
    pub(crate) fn new(
        known: Known,
        is_known: bool,
        selection: &Selection,
        turns: &mut Turns,
    ) -> Self {
        let taken = known.endpoints.iter().filter(|e| selection.takes(e)).cloned().collect();
        let tiers = Tiers::new(taken, selection, turns);
        Self { tiers, known, is_known }
    }

    pub(crate) fn endpoints(&self) -> &Arc<[Endpoint]> {
        &self.known.endpoints
    }
}
