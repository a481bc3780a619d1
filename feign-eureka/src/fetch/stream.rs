//! One service, followed.

use std::future::pending;
use std::sync::Arc;

use feign_core::BoxError;
use feign_core::discover::{Endpoint, Update, Updates};
use tokio::sync::watch;

use super::endpoint::endpoint;
use super::runner::Round;
use crate::eureka::Shared;
use crate::registry::Entry;

/// Follows a service: what is known of it now, then each change.
pub(crate) fn watch(shared: Arc<Shared>, service: &str) -> Updates {
    let rounds = shared.rounds.subscribe();
    let follower =
        Follower { shared, service: service.into(), rounds, seen: 0, told: None, stale: None };
    Box::pin(futures_util::stream::unfold(follower, async |mut follower| {
        Some((follower.next().await, follower))
    }))
}

struct Follower {
    shared: Arc<Shared>,
    service: Box<str>,
    rounds: watch::Receiver<Round>,
    /// The last round that was told of.
    seen: u64,
    /// What was told last.
    told: Option<Option<Vec<Arc<Entry>>>>,
    /// The failure that was told last, as long as nothing else was.
    stale: Option<Arc<str>>,
}

impl Follower {
    async fn next(&mut self) -> Update {
        loop {
            // In this order: a task that ends after the first line wakes us, one before it is seen.
            let round = self.rounds.borrow_and_update().clone();
            self.shared.keep_running();
            if let Some(update) = self.tell(round) {
                return update;
            }
            if self.rounds.changed().await.is_err() {
                // Never: what sends is shared with us.
                return pending().await;
            }
        }
    }

    /// Returns what a round says that was not told yet.
    fn tell(&mut self, round: Round) -> Option<Update> {
        let is_new = round.number != self.seen;
        // Whoever begins to follow hears what is known before that it is stale.
        let knows = self.shared.fetcher.has_read();
        if knows && (self.told.is_none() || (is_new && round.failure.is_none())) {
            if round.failure.is_none() {
                self.seen = round.number;
            }
            return self.tell_known();
        }
        self.seen = round.number;
        let failure = round.failure.filter(|_| is_new)?;
        if self.stale.as_ref() == Some(&failure) {
            return None;
        }
        self.stale = Some(Arc::clone(&failure));
        Some(Err(BoxError::from(failure.as_ref())))
    }

    fn tell_known(&mut self) -> Option<Update> {
        let found = self.shared.registry().find(&self.service);
        let was_stale = self.stale.take().is_some();
        let is_same =
            self.told.as_ref().is_some_and(|told| is_same(told.as_deref(), found.as_deref()));
        if is_same && !was_stale {
            return None;
        }
        let endpoints = found.as_ref().map(|found| self.endpoints(found));
        self.told = Some(found);
        Some(Ok(endpoints))
    }

    fn endpoints(&self, found: &[Arc<Entry>]) -> Vec<Endpoint> {
        let prefer_ip = self.shared.settings.prefer_ip;
        let mut endpoints: Vec<Endpoint> = Vec::with_capacity(found.len());
        for entry in found {
            let Some(made) = entry.endpoint(|instance| endpoint(instance, prefer_ip)) else {
                continue;
            };
            // Entries come by id: two applications may use the same one.
            let is_twice = endpoints.last().is_some_and(|last| last.id() == made.id());
            endpoints.push(match is_twice {
                true => made.clone().with_id(format!("{}/{}", entry.app(), entry.id())),
                false => made.clone(),
            });
        }
        endpoints
    }
}

/// Entries are replaced when anything of them changes.
fn is_same(a: Option<&[Arc<Entry>]>, b: Option<&[Arc<Entry>]>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b)),
        (None, None) => true,
        _ => false,
    }
}
