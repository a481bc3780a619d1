//! An instance as the registry keeps it.

use std::borrow::Borrow;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use feign_core::discover::Endpoint;

use crate::model::Instance;

/// An instance, and the endpoint that was made of it when somebody first looked for it.
#[derive(Debug)]
pub(crate) struct Entry {
    instance: Instance,
    endpoint: OnceLock<Option<Endpoint>>,
}

impl Entry {
    pub(super) const fn new(instance: Instance) -> Self {
        Self { instance, endpoint: OnceLock::new() }
    }

    /// What tells it from all others.
    pub(super) fn key(&self) -> (&str, &str) {
        (self.id(), self.app())
    }

    /// Returns its endpoint, made by `make` at the first time.
    pub(crate) fn endpoint(
        &self,
        make: impl FnOnce(&Instance) -> Option<Endpoint>,
    ) -> Option<&Endpoint> {
        self.endpoint.get_or_init(|| make(&self.instance)).as_ref()
    }
}

impl Deref for Entry {
    type Target = Instance;

    fn deref(&self) -> &Instance {
        &self.instance
    }
}

/// An entry, found by its id among those of its application.
#[derive(Debug)]
pub(super) struct ById(pub(super) Arc<Entry>);

impl Borrow<str> for ById {
    fn borrow(&self) -> &str {
        self.0.id()
    }
}

impl PartialEq for ById {
    fn eq(&self, other: &Self) -> bool {
        self.0.id() == other.0.id()
    }
}

impl Eq for ById {}

impl Hash for ById {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id().hash(state);
    }
}
