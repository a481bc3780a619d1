//! All that several sources know.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Side, Sides, names, sides};
use crate::discover::{Discover, Endpoint, Source, Update, Updates};

/// See [`union`].
#[derive(Clone, Debug)]
pub struct Union<A, B> {
    first: Arc<A>,
    second: Arc<B>,
}

/// Finds the endpoints that either source knows: while a service moves from one registry to another. Of
/// two with the same id the second's counts. While one of them fails, what it said before is kept, and
/// the whole is stale.
///
/// ```
/// use feign::discover::{self, Endpoint};
///
/// let old = discover::fixed([("inventory", vec![Endpoint::new("http://10.0.0.7:8080")?])]);
/// let new = discover::fixed([("inventory", vec![Endpoint::new("http://10.1.0.7:8080")?])]);
/// let hub = feign::Hub::builder().discover(discover::union(old, new)).build()?;
/// # Ok::<(), feign::Error>(())
/// ```
pub fn union<A: Discover, B: Discover>(first: A, second: B) -> Union<A, B> {
    Union { first: Arc::new(first), second: Arc::new(second) }
}

impl<A: Discover, B: Discover> Discover for Union<A, B> {
    fn watch(&self, service: &str) -> Updates {
        let sources: [Source; 2] = [self.first.clone(), self.second.clone()];
        Box::pin(sides::follow(sources, service, judge))
    }

    fn names(&self) -> Vec<String> {
        names(&self.first, &self.second)
    }

    fn describe(&self) -> Cow<'_, str> {
        format!("{} and {}", self.first.describe(), self.second.describe()).into()
    }
}

/// Nothing is said before both have spoken: half of a service is no good first word.
fn judge(sides: &Sides) -> Vec<Update> {
    if sides.iter().any(Side::is_silent) {
        return Vec::new();
    }
    let failure = sides.iter().find_map(Side::error).map(Err);
    let knowing = sides.iter().filter_map(Side::endpoints);
    if knowing.clone().next().is_none() {
        return vec![failure.unwrap_or(Ok(None))];
    }
    let known = Ok(Some(distinct(knowing.flatten().cloned())));
    [known].into_iter().chain(failure).collect()
}

/// The last of each id, where the first of it stood.
fn distinct(all: impl Iterator<Item = Endpoint>) -> Vec<Endpoint> {
    let mut endpoints: Vec<Endpoint> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for endpoint in all {
        let place = *places.entry(endpoint.id().into_owned()).or_insert(endpoints.len());
        match endpoints.get_mut(place) {
            Some(same) => *same = endpoint,
            None => endpoints.push(endpoint),
        }
    }
    endpoints
}
