//! The route table, and every request that came to it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::mismatch::{self, Mismatch};
use super::received::Received;
use super::reply::Reply;
use super::rule::{Compared, Rule};

/// What a mock, its transports and its servers share.
#[derive(Default)]
pub(super) struct Table(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    entries: Vec<Entry>,
    calls: Vec<Call>,
    /// Nothing is new since the last `verify`.
    told: bool,
}

/// A route, and what became of it.
pub(super) struct Entry {
    pub(super) rule: Arc<Rule>,
    pub(super) calls: usize,
    replies: Vec<Answering>,
}

/// How a route makes a reply.
pub(super) type Answering = Arc<dyn Fn(&Received) -> Reply + Send + Sync>;

/// A request that came; with why, if no route was for it.
pub(super) struct Call {
    pub(super) shown: String,
    pub(super) unexpected: Option<String>,
    received: Option<Received>,
}

impl Table {
    /// Adds a route, and returns its number.
    pub(super) fn add(&self, rule: Rule, answering: Option<Answering>) -> usize {
        let mut inner = self.lock();
        inner.told = false;
        let replies = answering.into_iter().collect();
        inner.entries.push(Entry { rule: Arc::new(rule), calls: 0, replies });
        inner.entries.len() - 1
    }

    /// Adds the next reply of a route.
    pub(super) fn then(&self, route: usize, answering: Answering) {
        if let Some(entry) = self.lock().entries.get_mut(route) {
            entry.replies.push(answering);
        }
    }

    /// Keeps a request and finds its reply.
    ///
    /// # Errors
    ///
    /// When no route is for it; the text names the nearest.
    pub(super) fn answer(&self, mut received: Received) -> Result<Reply, String> {
        let rules: Vec<_> =
            self.lock().entries.iter().map(|entry| Arc::clone(&entry.rule)).collect();
        // Outside of the lock: a predicate may ask the mock something.
        let compared: Vec<_> = rules.iter().map(|rule| rule.compare(&received)).collect();
        let chosen = {
            let mut inner = self.lock();
            let chosen = inner.choose(&compared);
            if let Ok((route, _)) = chosen
                && let (Some(rule), Some(fits)) = (rules.get(route), compared.get(route))
            {
                received.variables.clone_from(&fits.variables);
                received.operation = rule.operation().or(received.operation);
            }
            let chosen =
                chosen.map_err(|nearest| format!("unexpected call: {received}\n{nearest}"));
            inner.keep(&received, chosen.as_ref().err().cloned());
            chosen
        };
        chosen.map(|(_, answering)| answering(&received))
    }

    /// Keeps something that came and is no request.
    pub(super) fn noise(&self, what: String) {
        let mut inner = self.lock();
        inner.told = false;
        let unexpected = Some(format!("unexpected: {what}"));
        inner.calls.push(Call { shown: what, unexpected, received: None });
    }

    pub(super) fn received(&self) -> Vec<Received> {
        self.lock().calls.iter().filter_map(|call| call.received.clone()).collect()
    }

    pub(super) fn verify(&self) -> Result<(), Mismatch> {
        let mut inner = self.lock();
        inner.told = true;
        mismatch::find(&inner.entries, &inner.calls)
    }

    /// Whether the last `verify` has told everything.
    pub(super) fn is_told(&self) -> bool {
        self.lock().told
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // The panic that left the poison says more than the poison.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// Chooses the first route that fits and has calls left, and counts the call; none that stands
    /// behind one that is never to be called.
    fn choose(&mut self, compared: &[Compared]) -> Result<(usize, Answering), String> {
        let mut fitting = self
            .entries
            .iter_mut()
            .zip(compared)
            .enumerate()
            .filter(|(_, (_, compared))| compared.fits());
        let first =
            fitting.find(|(_, (entry, _))| entry.rule.count.most == 0 || entry.has_calls_left());
        match first.and_then(|(at, (entry, _))| entry.take().map(|answering| (at, answering))) {
            Some(chosen) => Ok(chosen),
            None => Err(mismatch::nearest(&self.entries, compared)),
        }
    }

    fn keep(&mut self, received: &Received, unexpected: Option<String>) {
        self.told = false;
        let shown = received.to_string();
        self.calls.push(Call { shown, unexpected, received: Some(received.clone()) });
    }
}

impl Entry {
    fn has_calls_left(&self) -> bool {
        self.calls < self.rule.count.most
    }

    /// Counts a call, and returns what answers it: each reply once, the last one for ever.
    fn take(&mut self) -> Option<Answering> {
        let last = self.replies.len().checked_sub(1)?;
        let answering = self.replies.get(self.calls.min(last)).cloned();
        self.calls += 1;
        answering
    }
}
