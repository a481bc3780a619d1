//! What is said of one instance.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::member::Member;
use super::phase::Phase;
use super::{Counts, Inner, Latency};
use crate::discover::Endpoint;
use crate::mock::Reply;

/// One instance of a [`Fleet`](super::Fleet): what it does from a point of time on, which
/// [`at`](Self::at) moves. A request gets what holds when it comes.
pub struct Instance<'f> {
    fleet: &'f Inner,
    member: Arc<Member>,
    name: String,
    /// Since when what is said next holds, counted from the begin of the fleet.
    from: Duration,
}

#[expect(
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    reason = "what is said holds at once; the rest of the chain is optional"
)]
impl<'f> Instance<'f> {
    pub(super) fn new(fleet: &'f Inner, member: Arc<Member>, name: &str, from: Duration) -> Self {
        Self { fleet, member, name: name.to_owned(), from }
    }

    /// What is said next holds from that time on, counted from the begin of the fleet. What is not said
    /// stays as it was.
    pub fn at(self, time: Duration) -> Self {
        Self { from: time, ..self }
    }

    /// Says how long it takes to answer. At once by default. tokio's clock goes in steps of 1 ms, so that is
    /// rounded up to the next.
    pub fn latency(self, latency: impl Into<Latency>) -> Self {
        self.change(|phase| phase.latency = latency.into())
    }

    /// Says what it does with every request: a status, any [`Reply`], or a fault.
    /// [`Reply::refuse`] takes no time; before everything else the latency passes.
    pub fn reply(self, reply: impl Into<Reply>) -> Self {
        self.change(|phase| phase.set_reply(reply.into()))
    }

    /// Says what it does with a share of the requests instead; said twice, both. The next
    /// [`reply`](Self::reply) takes that away.
    ///
    /// # Panics
    ///
    /// When all shares together are not between 0 and 1.
    #[track_caller]
    pub fn sometimes(self, share: f64, reply: impl Into<Reply>) -> Self {
        let fits = self.member.change(self.from, |phase| phase.add(share, reply.into()));
        assert!(fits, "shares are between 0 and 1, all together too, unlike {share}");
        self
    }

    /// Changes how it is listed, at once: its zone, weight, state, metadata. One that was
    /// [removed](super::Fleet::remove) is listed again.
    ///
    /// # Panics
    ///
    /// When its address or its id is another one then.
    #[track_caller]
    pub fn listed(self, change: impl FnOnce(Endpoint) -> Endpoint) -> Self {
        let listed = self.fleet.listed.borrow().iter().find(|e| e.id() == self.name).cloned();
        let fresh = || Endpoint::new(&format!("http://{}", self.name)).ok();
        let endpoint = listed.or_else(|| fresh().map(|endpoint| endpoint.with_id(&*self.name)));
        let changed = endpoint.map(change).filter(|endpoint| endpoint.id() == self.name);
        let changed = changed.filter(|endpoint| endpoint.authority().as_str() == self.name);
        let Some(changed) = changed else { panic!("{:?} is still to be found so", self.name) };
        self.fleet.listed.send_modify(|listed| {
            match listed.iter_mut().find(|endpoint| endpoint.id() == self.name) {
                Some(endpoint) => *endpoint = changed,
                None => listed.push(changed),
            }
        });
        self
    }

    /// Returns what came until now.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.member.counts()
    }

    fn change(self, change: impl FnOnce(&mut Phase)) -> Self {
        self.member.change(self.from, change);
        self
    }
}

impl fmt::Debug for Instance<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Instance")
            .field("name", &self.name)
            .field("counts", &self.counts())
            .finish_non_exhaustive()
    }
}
