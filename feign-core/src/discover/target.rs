//! What a client's calls go to.

use std::sync::Arc;

use tokio::time::Instant;

use super::watch::Lease;
use super::{Endpoint, Freshness, Selection, View, Watch};
use crate::balance::{Attempt, For, Policy};
use crate::error::Error;
use crate::log::Rules;

/// A service as one client calls it.
#[derive(Debug)]
pub(crate) struct Target {
    /// The service's name, or the URL that was given.
    pub(crate) name: Arc<str>,
    view: Arc<View>,
    /// Who keeps the view up to date, and what lets it.
    watch: Arc<Watch>,
    _lease: Arc<Lease>,
    policy: Policy,
    /// The same for all calls of one client.
    client: u64,
}

impl Target {
    pub(crate) fn new(
        watch: &Arc<Watch>,
        selection: &Selection,
        policy: Policy,
        client: u64,
    ) -> Self {
        Self {
            name: Arc::clone(watch.service()),
            view: watch.view(selection),
            _lease: watch.lease(),
            watch: Arc::clone(watch),
            policy,
            client,
        }
    }

    pub(crate) const fn client(&self) -> u64 {
        self.client
    }

    /// Picks an endpoint, and counts the attempt in: the way of nearly every call. `None` where none
    /// is known, or none yet.
    pub(crate) fn pick(&self, key: Option<u64>) -> Option<Attempt> {
        self.watch.keep_running();
        let View { snapshot, seed, epoch, .. } = &*self.view;
        let snapshot = snapshot.load();
        let Self { policy, client, .. } = self;
        let wanted = For { policy, seed: *seed, key, client: *client, epoch: *epoch };
        let (endpoint, now) = snapshot.tiers.pick(wanted)?;
        Some(Attempt::new(endpoint.clone(), now.map(|now| (*epoch, now))))
    }

    /// Picks an endpoint; only the source's first word is waited for, until `deadline` at most.
    pub(crate) async fn attempt(
        &self,
        key: Option<u64>,
        deadline: Option<Instant>,
    ) -> Result<Attempt, Error> {
        match self.pick(key) {
            Some(attempt) => Ok(attempt),
            // Boxed: hardly a call goes this way, and each would carry it.
            None => Box::pin(self.pick_at_first(key, deadline)).await,
        }
    }

    #[cold]
    async fn pick_at_first(
        &self,
        key: Option<u64>,
        deadline: Option<Instant>,
    ) -> Result<Attempt, Error> {
        let first = self.watch.first_word();
        match deadline {
            Some(deadline) => drop(tokio::time::timeout_at(deadline, first).await),
            None => first.await,
        }
        self.pick(key).ok_or_else(|| self.no_endpoint())
    }

    /// Follows the service from now on, if nobody does yet.
    pub(crate) fn follow(&self) {
        self.watch.keep_running();
    }

    /// Waits until the source has said its first word; without an endpoint then, the error says why.
    pub(crate) async fn found(&self) -> Result<(), Error> {
        self.watch.first_word().await;
        if self.view.snapshot.load().tiers.is_empty() { Err(self.no_endpoint()) } else { Ok(()) }
    }

    fn no_endpoint(&self) -> Error {
        Error::nowhere(&self.name, self.watch.finding(&self.view))
    }

    /// Returns what is shown to nobody.
    pub(crate) fn rules(&self) -> &Rules {
        &self.watch.terms().rules
    }

    /// Returns how much what is known can be trusted.
    pub(crate) fn freshness(&self) -> Freshness {
        self.view.snapshot.load().known.freshness.clone()
    }

    /// Returns all endpoints that are known.
    pub(crate) fn endpoints(&self) -> Arc<[Endpoint]> {
        self.follow();
        Arc::clone(self.view.snapshot.load().endpoints())
    }
}
