//! Which endpoint of a service gets an attempt.

mod context;
mod load;
mod random;
mod round_robin;
mod set;
mod tier;

use std::fmt;
use std::sync::Arc;

pub use context::PickContext;
pub(crate) use context::{hash_of, mix};
pub(crate) use load::{Attempt, InFlight, Load, Outcome};
pub use random::Random;
pub use round_robin::RoundRobin;
pub use set::{Candidate, EndpointSet};
pub(crate) use tier::{For, Group, Tier, Tiers, Turns};

/// A point on the clock of a hub, in nanoseconds.
pub(crate) type Tick = u64;

/// A policy: chooses among the endpoints that can serve an attempt.
///
/// It is asked on the path of every attempt, by many threads at once: it reads what is there, and
/// neither waits nor allocates. What it needs to remember stands in atomics of its own, or in what
/// the context gives.
///
/// ```
/// use feign::balance::{Balance, EndpointSet, PickContext};
///
/// /// The endpoint with the fewest failures in a row.
/// #[derive(Debug)]
/// struct Healthiest;
///
/// impl Balance for Healthiest {
///     fn pick(&self, endpoints: &EndpointSet, _: &mut PickContext<'_>) -> usize {
///         let failures = endpoints.iter().map(|candidate| candidate.failures());
///         failures.enumerate().min_by_key(|(_, failures)| *failures).map_or(0, |(index, _)| index)
///     }
/// }
///
/// let hub = feign::Hub::builder().balance(Healthiest);
/// ```
pub trait Balance: fmt::Debug + Send + Sync + 'static {
    /// Returns the index of the endpoint that gets the attempt. The set is never empty; an index
    /// beyond its end means the last one. One that was [tried](PickContext::is_tried) already is
    /// passed over in favour of the next.
    fn pick(&self, endpoints: &EndpointSet, cx: &mut PickContext<'_>) -> usize;

    /// Whether [`Candidate::latency`] is read. Only then is the clock read for each attempt.
    fn reads_latency(&self) -> bool {
        false
    }
}

/// A [`Balance`] with its type taken away; cheap to clone.
#[derive(Clone, Debug)]
pub struct Policy(Arc<dyn Balance>);

impl Policy {
    /// Takes the type of a policy away.
    pub fn new(policy: impl Balance) -> Self {
        Self(Arc::new(policy))
    }

    pub(crate) fn balance(&self) -> &dyn Balance {
        &*self.0
    }
}

impl<B: Balance> From<B> for Policy {
    fn from(policy: B) -> Self {
        Self::new(policy)
    }
}

/// Takes the endpoints in turn: the default. Over any window of calls each gets as many as any
/// other, plus or minus one, while the set holds; an update goes on where the turn stood.
#[must_use]
pub const fn round_robin() -> RoundRobin {
    RoundRobin
}

/// Takes any endpoint, each as likely as any other.
#[must_use]
pub const fn random() -> Random {
    Random
}
