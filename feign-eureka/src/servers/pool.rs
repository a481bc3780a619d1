//! Asks one server, and the next one where it fails.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use feign_core::Error;
use tokio::time::Instant;

use super::{Server, Servers, redirect};
use crate::api::ApiClient;
use crate::error::setup;

/// How many servers are asked for one answer.
const MOST_ASKED: usize = 3;

/// After how long a server is chosen anew, so that a fleet spreads again over servers that came back.
const RESELECT: Duration = Duration::from_secs(20 * 60);

/// Share of servers in quarantine from which on nobody is.
const MOST_QUARANTINED: f64 = 0.66;

/// The servers as one user of them sees them: who fetches and each lease have one of their own.
pub(crate) struct Pool {
    servers: Arc<Servers>,
    zone: Option<String>,
    choice: Mutex<Choice>,
}

#[derive(Debug)]
struct Choice {
    random: fastrand::Rng,
    /// All servers, the first to be asked first.
    order: Vec<usize>,
    quarantine: BTreeSet<usize>,
    /// The server that answered last, and where it pointed to.
    current: Option<(usize, ApiClient)>,
    reselect_at: Option<Instant>,
}

impl Pool {
    /// Makes a pool that prefers servers of its zone.
    pub(crate) fn new(servers: Arc<Servers>, zone: Option<&str>, seed: u64) -> Self {
        let choice = Choice {
            random: fastrand::Rng::with_seed(seed),
            order: Vec::new(),
            quarantine: BTreeSet::new(),
            current: None,
            reselect_at: None,
        };
        Self { servers, zone: zone.map(str::to_owned), choice: Mutex::new(choice) }
    }

    /// Asks until a server answers. Which errors are answers, that no other server would give
    /// differently, says `is_answer`.
    pub(crate) async fn ask<T, F: Future<Output = Result<T, Error>>>(
        &self,
        ask: impl Fn(ApiClient) -> F,
        is_answer: impl Fn(&Error) -> bool,
    ) -> Result<T, Error> {
        let mut last = None;
        for (index, client) in self.candidates() {
            let Some(server) = self.servers.all.get(index) else { continue };
            let (client, result) = self.follow(server, client, &ask).await;
            match result {
                Err(error) if !is_answer(&error) => {
                    tracing::debug!(target: "feign::eureka", server = server.address.base(), %error, "Eureka: the next server is asked");
                    self.choice().fail(index);
                    last = Some(error);
                }
                result => {
                    self.choice().current = Some((index, client));
                    return result;
                }
            }
        }
        Err(last.unwrap_or_else(|| setup("no server can be asked")))
    }

    /// Asks a server, and the one that it points to; returns who answered.
    async fn follow<T, F: Future<Output = Result<T, Error>>>(
        &self,
        server: &Server,
        mut client: ApiClient,
        ask: &impl Fn(ApiClient) -> F,
    ) -> (ApiClient, Result<T, Error>) {
        let mut base = server.address.base().to_owned();
        for _ in 0..redirect::MOST {
            let result = ask(client.clone()).await;
            let moved = result.as_ref().err().and_then(|error| redirect::target(error, &base));
            let Some(moved) = moved else { return (client, result) };
            let Ok(next) = server.address.moved(moved.clone()).client(&self.servers.hub) else {
                return (client, result);
            };
            (client, base) = (next, moved);
        }
        let result = ask(client.clone()).await;
        (client, result)
    }

    fn choice(&self) -> MutexGuard<'_, Choice> {
        self.choice.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns whom to ask, in that order.
    fn candidates(&self) -> Vec<(usize, ApiClient)> {
        let mut choice = self.choice();
        choice.reselect(&self.servers, self.zone.as_deref(), Instant::now());
        let all = self.servers.all.len() as f64;
        if choice.quarantine.len() as f64 >= (all * MOST_QUARANTINED).min(all) {
            choice.quarantine.clear();
        }
        let current = choice.current.clone();
        let first = current.as_ref().map(|(index, _)| *index);
        let others = choice
            .order
            .iter()
            .copied()
            .filter(|index| Some(*index) != first && !choice.quarantine.contains(index));
        let client = |index: usize| Some((index, self.servers.all.get(index)?.client.clone()));
        current.into_iter().chain(others.filter_map(client)).take(MOST_ASKED).collect()
    }
}

impl Choice {
    fn fail(&mut self, index: usize) {
        self.quarantine.insert(index);
        self.current = None;
    }

    /// Shuffles the servers, those of the own zone before the others.
    fn reselect(&mut self, servers: &Servers, zone: Option<&str>, now: Instant) {
        if self.reselect_at.is_some_and(|at| now < at) {
            return;
        }
        let spread = 0.5 + self.random.f64();
        self.reselect_at = now.checked_add(RESELECT.mul_f64(spread));
        self.current = None;
        self.quarantine.clear();
        self.order = (0..servers.all.len()).collect();
        self.random.shuffle(&mut self.order);
        if let Some(zone) = zone {
            let is_other = |index: &usize| {
                servers.all.get(*index).is_none_or(|server| server.address.zone() != Some(zone))
            };
            self.order.sort_by_key(is_other);
        }
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pool").field(&self.servers.describe()).finish()
    }
}
