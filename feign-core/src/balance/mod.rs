mod by_name;
mod choose;
mod context;
mod ewma;
mod group;
mod hash;
mod latency;
mod least_loaded;
mod load;
mod picker;
mod random;
mod ring;
mod round_robin;
mod schedule;
mod set;
mod spill;
mod sticky;
mod tier;
mod weighted;

use std::any::Any;
use std::fmt;
use std::sync::Arc;

pub use by_name::by_name;
pub(crate) use by_name::names;
pub use context::PickContext;
pub(crate) use context::{hash_of, mix, tick};
pub use ewma::Ewma;
pub(crate) use group::Group;
pub use hash::Hash;
pub use least_loaded::LeastLoaded;
pub(crate) use load::{Attempt, InFlight, Load, Outcome};
pub use picker::{Picked, Picker};
pub use random::Random;
pub use round_robin::RoundRobin;
pub use set::{Candidate, EndpointSet};
pub use sticky::Sticky;
use tier::Tier;
pub(crate) use tier::{For, Tiers, Turns};
pub use weighted::Weighted;

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
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a policy",
    label = "not a policy",
    note = "help: write one of `feign::balance`, as `round_robin()`, or implement `feign::balance::Balance` for it"
)]
pub trait Balance: fmt::Debug + Send + Sync + 'static {
    /// Returns the index of the endpoint that gets the attempt. The set is never empty; an index
    /// beyond its end means the last one. One that was [tried](PickContext::is_tried) already is
    /// passed over in favour of the next.
    fn pick(&self, endpoints: &EndpointSet, cx: &mut PickContext<'_>) -> usize;

    /// Whether [`Candidate::latency`] is read. Only then is the clock read for each attempt.
    fn reads_latency(&self) -> bool {
        false
    }

    /// Returns what calls have in common that belong together, such as
    /// [the key](PickContext::hash_key). Where only a part of the calls stays in a zone, these go the
    /// same way. `None`, the default: each call goes its own.
    fn affinity(&self, cx: &PickContext<'_>) -> Option<u64> {
        let _ = cx;
        None
    }
}

/// A [`Balance`] with its type taken away; cheap to clone.
#[derive(Clone)]
pub struct Policy(Option<Arc<dyn Balance>>);

impl Policy {
    /// Takes the type of a policy away; that of a `Policy` is away already.
    pub fn new(policy: impl Balance) -> Self {
        let any = &policy as &dyn Any;
        if let Some(same) = any.downcast_ref::<Self>() {
            return same.clone();
        }
        let is_round_robin = any.is::<RoundRobin>();
        Self((!is_round_robin).then(|| Arc::new(policy) as _))
    }

    /// Returns the policy, unless it is round robin: that is short enough to stand in the pick.
    fn other(&self) -> Option<&dyn Balance> {
        self.0.as_deref()
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let policy: &dyn Balance = self.other().unwrap_or(&RoundRobin);
        f.debug_tuple("Policy").field(&policy).finish()
    }
}

impl Balance for Policy {
    fn pick(&self, endpoints: &EndpointSet, cx: &mut PickContext<'_>) -> usize {
        self.other().unwrap_or(&RoundRobin).pick(endpoints, cx)
    }

    fn reads_latency(&self) -> bool {
        self.other().is_some_and(Balance::reads_latency)
    }

    fn affinity(&self, cx: &PickContext<'_>) -> Option<u64> {
        self.other().and_then(|policy| policy.affinity(cx))
    }
}

/// Takes the endpoints in turn: the default.
///
/// Over any window of calls each gets as many as any other, plus or minus one, while the set holds; an
/// update goes on where the turn stood. All clients of a service take their turns together, unless they
/// ask for other tags, another zone, subset or slow start.
///
/// For endpoints that are alike and calls that take about as long. It neither sees that one is slow nor
/// that one fails: where that can happen, [`ewma`].
#[must_use]
pub const fn round_robin() -> RoundRobin {
    RoundRobin
}

/// Takes any endpoint, each as likely as any other.
///
/// For many processes that each make few calls: in turn, they may all begin with the same. Where a
/// process makes many, [`round_robin`] is more even.
#[must_use]
pub const fn random() -> Random {
    Random
}

/// Takes the endpoints in turn, each as often as its [weight](crate::discover::Endpoint::weight) says,
/// and as far apart as can be: smooth weighted round robin, in the order of nginx.
///
/// Shares are exact over each round of turns, as long as the weights, divided by their common divisor,
/// add up to no more than 4096 or 16 for each endpoint; beyond that each is rounded by half a turn of
/// such a round at most. Equal weights make it [`round_robin`].
///
/// For machines of different sizes, and for a canary that gets 1 %. The other policies that compare
/// endpoints ([`least_loaded`], [`ewma`]) go by the weight too; `hash` and `sticky` do not.
#[must_use]
pub const fn weighted() -> Weighted {
    Weighted
}

/// Takes the endpoint with the fewest calls in flight, divided by its weight: of all where there are 8
/// or fewer, else of two taken by chance ("the power of two choices", Mitzenmacher 2001). A call is in
/// flight until its body has ended.
///
/// For calls that differ much in what they cost: long answers, uploads, streams. A server that fails at
/// once has never much to do, and so gets more than its share; [`ewma`] sees that.
#[must_use]
pub const fn least_loaded() -> LeastLoaded {
    LeastLoaded
}

/// Takes the endpoint that is expected to answer soonest: the peak-sensitive moving average of its time
/// to the head of an answer, times the calls in flight and one more, divided by its weight. Of all where
/// there are 8 or fewer, else of two taken by chance.
///
/// - What is slower than the average raises it at once; faster answers lower it with a time constant of
///   10 s (peak EWMA, as in Finagle and linkerd).
/// - A failure (no answer, a timeout, 429, 5xx) counts as an answer after 5 s, or after what
///   `Retry-After` says up to 300 s: a server that fails fast is not taken for a fast one.
/// - While it owes answers and gives none, the time of its silence counts: one that hangs is left after
///   the time of a usual answer, not after a timeout.
/// - With nothing to do its average fades, so that it is asked again, one call at first.
/// - A new one is taken for the median of some others. A call that is cancelled counts if it has waited
///   longer than the average.
///
/// For most services with more than one endpoint. It reads the clock twice for each attempt. Where the
/// server answers when it pleases (long polling), latency says nothing: take [`least_loaded`].
#[must_use]
pub const fn ewma() -> Ewma {
    Ewma
}

/// Takes the endpoint that the call's key belongs to: the argument marked `#[hash_key]`, or what
/// [`CallOptions::hash_key`](crate::CallOptions::hash_key) says. Without a key, the one whose turn it is.
///
/// A key belongs to the same endpoint in every process, as that depends on nothing but the key and the
/// ids of the endpoints (a ring with 160 points for each of them). When one of n leaves, only its keys
/// move, about 1/n of all, and to all of the others; when one joins, it gets about 1/n, from all. Shares
/// differ by 8 % on the average. One that has 4 calls or more in flight, and 1.25 times the mean with
/// this one, is passed over for the next on the ring ("consistent hashing with bounded loads", Mirrokni
/// et al. 2016; above 16 endpoints the mean is that of 16 of them).
///
/// For caches, and for anything that each endpoint holds of a key.
#[must_use]
pub const fn hash() -> Hash {
    Hash
}

/// Takes always the same endpoint: for each key if the call has one (see [`hash`]), else for each
/// client. It stays, however much that has to do, until it leaves or fails five times in a row; then the
/// calls go to another, but for one in 32, which asks whether it works again.
///
/// For sessions that live in one process. Views of a client (`with`) are the same client; for one of each
/// user give a key.
#[must_use]
pub const fn sticky() -> Sticky {
    Sticky
}
