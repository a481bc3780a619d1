//! What can be said of the choice of an endpoint.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::balance::Policy;
use crate::discover::Selection;

/// What one level says; `None` leaves it to the level above.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choice {
    pub(crate) balance: Option<Policy>,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) zone: Option<Arc<str>>,
    pub(crate) slow_start: Option<Duration>,
    pub(crate) subset: Option<usize>,
}

impl Choice {
    /// Puts what `over` says above what `self` says.
    pub(crate) fn overrule(&mut self, over: Self) {
        self.balance = over.balance.or_else(|| self.balance.take());
        self.tags.extend(over.tags);
        self.zone = over.zone.or_else(|| self.zone.take());
        self.slow_start = over.slow_start.or(self.slow_start);
        self.subset = over.subset.or(self.subset);
    }

    pub(crate) fn is_silent(&self) -> bool {
        let Self { balance, tags, zone, slow_start, subset } = self;
        balance.is_none()
            && tags.is_empty()
            && zone.is_none()
            && slow_start.is_none()
            && subset.is_none()
    }

    /// What holds in the end.
    pub(crate) fn selection(&self) -> Selection {
        Selection {
            tags: self.tags.clone(),
            zone: self.zone.clone(),
            subset: self.subset,
            slow_start: self.slow_start.unwrap_or_default(),
        }
    }
}
