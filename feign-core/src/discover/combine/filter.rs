//! Some of the endpoints.

use std::borrow::Cow;
use std::fmt;

use futures_util::StreamExt as _;

use crate::discover::{Discover, Endpoint, Updates};

/// See [`filter`].
#[derive(Clone)]
pub struct Filter<D, F> {
    source: D,
    keep: F,
}

/// Keeps the endpoints of a source that `keep` wants: for what holds for all clients, such as a region.
/// For some clients or calls [`tag`](crate::CallOptions::tag) is the word.
///
/// ```
/// use feign::discover::{self, Endpoint};
///
/// # let registry = discover::fixed([("orders", vec![])]);
/// let ours = discover::filter(registry, |endpoint: &Endpoint| {
///     endpoint.metadata().get("region").is_none_or(|region| region == "eu")
/// });
/// ```
pub const fn filter<D, F>(source: D, keep: F) -> Filter<D, F>
where
    D: Discover,
    F: Fn(&Endpoint) -> bool + Clone + Send + Sync + 'static,
{
    Filter { source, keep }
}

impl<D, F> Discover for Filter<D, F>
where
    D: Discover,
    F: Fn(&Endpoint) -> bool + Clone + Send + Sync + 'static,
{
    fn watch(&self, service: &str) -> Updates {
        let keep = self.keep.clone();
        let kept = move |mut endpoints: Vec<Endpoint>| {
            endpoints.retain(&keep);
            endpoints
        };
        let updates = self.source.watch(service);
        Box::pin(updates.map(move |update| update.map(|known| known.map(&kept))))
    }

    fn names(&self) -> Vec<String> {
        self.source.names()
    }

    fn describe(&self) -> Cow<'_, str> {
        self.source.describe()
    }
}

impl<D: fmt::Debug, F> fmt::Debug for Filter<D, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filter").field("source", &self.source).finish_non_exhaustive()
    }
}
