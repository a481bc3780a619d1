mod call;
mod discovery;
mod event;
mod producing;
mod publish;

use std::fmt;
use std::sync::Arc;

pub(crate) use call::{Attempt, Guard, Observed, begin, watch};
pub use discovery::Discovery;
pub(crate) use discovery::Happened;
pub use event::{AttemptEnded, AttemptStarted, Call, CallEnded, CallStarted, End, Pick};
pub use producing::{Producing, Statistics};
pub use publish::{Audience, PublishEnd, PublishEnded, Publishing};

/// Is told what a hub does: its calls, their attempts, the picks and what becomes of its services; and what a
/// backend of publishers does: its events and what becomes of its connections. Each of them is given its
/// own, which may be the same one in an `Arc`.
///
/// Every method has an empty body, so that yours has only what it wants to know. They run on the way of a
/// call: they should be quick, and a metric is what they are made for. Events are borrowed and cost
/// nothing to make; without an observer a call takes one branch.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use feign::observe::{CallEnded, Observer};
///
/// #[derive(Default)]
/// struct Failures(AtomicU64);
///
/// impl Observer for Failures {
///     fn call_ended(&self, call: &CallEnded<'_>) {
///         if call.error().is_some() {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
///
/// let hub = feign::Hub::builder().observer(Failures::default());
/// ```
///
/// An observer sees what goes over the wire: headers are as they are sent, with the credentials in them.
/// The `Debug` of an event shows none of that.
pub trait Observer: Send + Sync + 'static {
    /// A call begins: it was polled for the first time.
    fn call_started(&self, call: &CallStarted<'_>) {
        let _ = call;
    }

    /// A call has ended: its result is there, or it was dropped before.
    fn call_ended(&self, call: &CallEnded<'_>) {
        let _ = call;
    }

    /// An endpoint was picked for an attempt, or brought by a link.
    fn picked(&self, pick: &Pick<'_>) {
        let _ = pick;
    }

    /// An attempt begins: the request is as the last layer let it go.
    fn attempt_started(&self, attempt: &AttemptStarted<'_>) {
        let _ = attempt;
    }

    /// The head of an answer has come, or the attempt has failed, or was dropped before.
    fn attempt_ended(&self, attempt: &AttemptEnded<'_>) {
        let _ = attempt;
    }

    /// Something has become of a service that is found by a source.
    fn discovered(&self, event: &Discovery<'_>) {
        let _ = event;
    }

    /// The fate of an event is known: acknowledged, failed, or given up before it was in line.
    fn publish_ended(&self, event: &PublishEnded<'_>) {
        let _ = event;
    }

    /// Something has become of a backend of publishers.
    fn producing(&self, event: &Producing<'_>) {
        let _ = event;
    }
}

impl<T: Observer + ?Sized> Observer for Arc<T> {
    fn call_started(&self, call: &CallStarted<'_>) {
        (**self).call_started(call);
    }

    fn call_ended(&self, call: &CallEnded<'_>) {
        (**self).call_ended(call);
    }

    fn picked(&self, pick: &Pick<'_>) {
        (**self).picked(pick);
    }

    fn attempt_started(&self, attempt: &AttemptStarted<'_>) {
        (**self).attempt_started(attempt);
    }

    fn attempt_ended(&self, attempt: &AttemptEnded<'_>) {
        (**self).attempt_ended(attempt);
    }

    fn discovered(&self, event: &Discovery<'_>) {
        (**self).discovered(event);
    }

    fn publish_ended(&self, event: &PublishEnded<'_>) {
        (**self).publish_ended(event);
    }

    fn producing(&self, event: &Producing<'_>) {
        (**self).producing(event);
    }
}

/// The observers of a hub, in the order in which they were said. `None` is what a call without any
/// looks at.
#[derive(Clone, Default)]
pub(crate) struct Observers(Option<Arc<[Box<dyn Observer>]>>);

impl Observers {
    pub(crate) fn new(all: Vec<Box<dyn Observer>>) -> Self {
        Self((!all.is_empty()).then(|| all.into()))
    }

    #[inline]
    pub(crate) const fn is_some(&self) -> bool {
        self.0.is_some()
    }

    pub(crate) fn tell(&self, event: impl Fn(&dyn Observer)) {
        for observer in self.0.iter().flat_map(|all| all.iter()) {
            event(&**observer);
        }
    }
}

impl fmt::Debug for Observers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Observers({})", self.0.as_ref().map_or(0, |all| all.len()))
    }
}
