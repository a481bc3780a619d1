//! Holds back removals that look like a mistake of the source.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use super::Endpoint;

/// How long endpoints are kept that are suddenly gone, where nothing else is said.
pub(crate) const GRACE: Duration = Duration::from_secs(30);

/// How many graces long an endpoint is kept at most that its source does not list, whatever else
/// the source says or fails to say.
const CAP: u32 = 5;

/// So many that are gone at once may be a mistake, if they are more than half.
const MANY: usize = 3;

/// The endpoints that a source no longer lists and that are kept for a while.
#[derive(Debug)]
pub(super) struct Guard {
    grace: Duration,
    /// Since when each is not listed.
    held: HashMap<String, Instant>,
}

/// What an update did to what is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Held from now on.
    pub(super) held: usize,
    /// Listed again.
    pub(super) returned: usize,
    /// Not held any more, and gone.
    pub(super) expired: usize,
}

impl Guard {
    pub(super) fn new(grace: Duration) -> Self {
        Self { grace, held: HashMap::new() }
    }

    pub(super) const fn grace(&self) -> Duration {
        self.grace
    }

    /// Whether it is kept although it is not listed.
    pub(super) fn holds(&self, id: &str) -> bool {
        self.held.contains_key(id)
    }

    pub(super) fn clear(&mut self) {
        self.held.clear();
    }

    /// Judges what is not listed any more. It stays if all are gone, or many of those that were listed
    /// until now: additions do not hide that, and what is held already does not count.
    pub(super) fn judge(
        &mut self,
        known: &[Endpoint],
        is_listed: impl Fn(&str) -> bool,
        is_empty: bool,
        now: Instant,
    ) -> Verdict {
        let before = self.held.len();
        self.held.retain(|id, _| !is_listed(id));
        let returned = before - self.held.len();
        let listed = known.len().saturating_sub(self.held.len());
        let gone: Vec<_> = known
            .iter()
            .map(Endpoint::id)
            .filter(|id| !is_listed(id) && !self.holds(id))
            .map(std::borrow::Cow::into_owned)
            .collect();
        let held = if self.is_sudden(gone.len(), listed, is_empty) { gone.len() } else { 0 };
        if held > 0 {
            self.held.extend(gone.into_iter().map(|id| (id, now)));
        }
        Verdict { held, returned, expired: self.expire(true, now).len() }
    }

    fn is_sudden(&self, gone: usize, listed: usize, is_empty: bool) -> bool {
        !self.grace.is_zero() && (is_empty || (gone >= MANY && gone * 2 > listed))
    }

    /// Lets go what is due, and returns it.
    pub(super) fn expire(&mut self, is_live: bool, now: Instant) -> HashMap<String, Instant> {
        let kept = self.kept(is_live);
        let is_due = |since: Instant| now.saturating_duration_since(since) >= kept;
        self.held.extract_if(|_, since| is_due(*since)).collect()
    }

    /// When the next one is due. While the source fails, nobody says that it is still gone.
    pub(super) fn due(&self, is_live: bool) -> Option<Instant> {
        self.held.values().min()?.checked_add(self.kept(is_live))
    }

    fn kept(&self, is_live: bool) -> Duration {
        if is_live { self.grace } else { self.grace.saturating_mul(CAP) }
    }
}
