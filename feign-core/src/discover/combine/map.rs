//! Endpoints with something changed.

use std::borrow::Cow;
use std::fmt;

use futures_util::StreamExt as _;

use crate::discover::{Discover, Endpoint, Updates};

/// See [`map`].
#[derive(Clone)]
pub struct Map<D, F> {
    source: D,
    change: F,
}

/// Changes the endpoints that a source finds: adds what it does not say, or reads metadata.
///
/// ```
/// use feign::discover::{self, Endpoint};
///
/// # let registry = discover::fixed([("orders", vec![])]);
/// let zoned = discover::map(registry, |endpoint: Endpoint| {
///     let zone = endpoint.metadata().get("az").cloned();
///     zone.map_or(endpoint.clone(), |zone| endpoint.with_zone(zone))
/// });
/// ```
pub const fn map<D, F>(source: D, change: F) -> Map<D, F>
where
    D: Discover,
    F: Fn(Endpoint) -> Endpoint + Clone + Send + Sync + 'static,
{
    Map { source, change }
}

impl<D, F> Discover for Map<D, F>
where
    D: Discover,
    F: Fn(Endpoint) -> Endpoint + Clone + Send + Sync + 'static,
{
    fn watch(&self, service: &str) -> Updates {
        let change = self.change.clone();
        let changed = move |endpoints: Vec<Endpoint>| endpoints.into_iter().map(&change).collect();
        let updates = self.source.watch(service);
        Box::pin(updates.map(move |update| update.map(|known| known.map(&changed))))
    }

    fn names(&self) -> Vec<String> {
        self.source.names()
    }

    fn describe(&self) -> Cow<'_, str> {
        self.source.describe()
    }
}

impl<D: fmt::Debug, F> fmt::Debug for Map<D, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Map").field("source", &self.source).finish_non_exhaustive()
    }
}
