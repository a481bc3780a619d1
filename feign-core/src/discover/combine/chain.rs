//! The first source that knows a name.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Sides, names, sides};
use crate::discover::{Discover, Source, Update, Updates};

/// See [`chain`].
#[derive(Clone, Debug)]
pub struct Chain<A, B> {
    first: Arc<A>,
    second: Arc<B>,
}

/// Finds a service by the first source, or by the second where the first does not know the name or has
/// never answered but with errors. More than two are chains of chains; a hub makes one of all its
/// sources.
///
/// ```
/// use feign::discover::{self, Endpoint};
///
/// # let registry = discover::fixed([("orders", vec![])]);
/// let here = discover::fixed([("inventory", vec![Endpoint::new("http://localhost:8081")?])]);
/// let hub = feign::Hub::builder().discover(discover::chain(here, registry)).build()?;
/// # Ok::<(), feign::Error>(())
/// ```
pub fn chain<A: Discover, B: Discover>(first: A, second: B) -> Chain<A, B> {
    Chain { first: Arc::new(first), second: Arc::new(second) }
}

impl<A: Discover, B: Discover> Discover for Chain<A, B> {
    fn watch(&self, service: &str) -> Updates {
        let sources: [Source; 2] = [self.first.clone(), self.second.clone()];
        Box::pin(sides::follow(sources, service, judge))
    }

    fn names(&self) -> Vec<String> {
        names(&self.first, &self.second)
    }

    fn describe(&self) -> Cow<'_, str> {
        format!("{}, then {}", self.first.describe(), self.second.describe()).into()
    }
}

/// The second is heard only when the first has spoken: else a call at the start could go elsewhere than
/// all later ones.
fn judge(sides: &Sides) -> Vec<Update> {
    let [first, second] = sides;
    if first.is_silent() {
        return Vec::new();
    }
    for side in sides {
        if let Some(endpoints) = side.endpoints() {
            let known = Ok(Some(endpoints.clone()));
            return [known].into_iter().chain(side.error().map(Err)).collect();
        }
    }
    if second.is_silent() {
        return Vec::new();
    }
    let failure = first.error().or_else(|| second.error());
    vec![failure.map_or(Ok(None), Err)]
}
