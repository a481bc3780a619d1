//! Which endpoints of a service a client wants.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::{Endpoint, State};

/// Which endpoints a client wants, and which of them first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// What their metadata has to say.
    pub(crate) tags: BTreeMap<String, String>,
    /// The zone that is preferred.
    pub(crate) zone: Option<Arc<str>>,
    /// How many are used at most.
    pub(crate) subset: Option<usize>,
    /// How long a new one is spared.
    pub(crate) slow_start: Duration,
}

impl Selection {
    pub(crate) fn has_tags(&self, endpoint: &Endpoint) -> bool {
        self.tags.iter().all(|(key, value)| endpoint.metadata().get(key) == Some(value))
    }

    pub(crate) fn takes(&self, endpoint: &Endpoint) -> bool {
        endpoint.state() == State::Up && self.has_tags(endpoint)
    }
}
