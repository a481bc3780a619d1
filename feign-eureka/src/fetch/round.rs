//! One round: a delta, or everything.

use std::sync::Mutex;
use std::sync::PoisonError;

use feign_core::{Error, StatusCode};
use tokio::time::Instant;

use super::failure::Failure;
use crate::api::Api as _;
use crate::builder::Settings;
use crate::eureka::Shared;
use crate::model::Applications;
use crate::servers::Pool;

/// Who reads the registry, and what it remembers of the last rounds.
#[derive(Debug)]
pub(crate) struct Fetcher {
    pool: Pool,
    regions: Vec<String>,
    delta: bool,
    full_every: u32,
    /// Rounds since everything was read; `None` before the first time.
    since_full: Mutex<Option<u32>>,
}

impl Fetcher {
    pub(crate) fn new(pool: Pool, settings: &Settings) -> Self {
        Self {
            pool,
            regions: settings.regions.clone(),
            delta: settings.delta,
            full_every: settings.full_every,
            since_full: Mutex::new(None),
        }
    }

    /// Whether everything was read once.
    pub(crate) fn has_read(&self) -> bool {
        self.since_full().is_some()
    }

    /// Makes the registry agree with the servers', as far as can be.
    pub(super) async fn round(&self, shared: &Shared) -> Result<(), Failure> {
        let wants_delta = self.wants_delta();
        let read = if wants_delta { self.read_delta(shared).await? } else { false };
        if !read {
            self.read_all(shared).await?;
        }
        if self.delta && !wants_delta && shared.registry().held() > 0 {
            // What is missed may have said that it left: that is not held until the next round.
            let _ = self.read_delta(shared).await;
            self.set_since_full(0);
        }
        let mut registry = shared.registry();
        registry.expire(shared.settings.hold, Instant::now());
        if registry.is_empty() && registry.held() > 0 {
            let kept = registry.held();
            return Err(Failure::Empty { kept });
        }
        Ok(())
    }

    fn since_full(&self) -> Option<u32> {
        *self.since_full.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_since_full(&self, rounds: u32) {
        *self.since_full.lock().unwrap_or_else(PoisonError::into_inner) = Some(rounds);
    }

    fn wants_delta(&self) -> bool {
        self.delta && self.since_full().is_some_and(|rounds| rounds + 1 < self.full_every)
    }

    /// Reads what changed; `false` where everything has to be read.
    async fn read_delta(&self, shared: &Shared) -> Result<bool, Error> {
        let regions = self.regions();
        let (regions, no_deltas) = (regions.as_slice(), |error: &Error| {
            matches!(error.status(), Some(StatusCode::FORBIDDEN | StatusCode::NOT_FOUND))
        });
        let delta = self.pool.ask(async |api| api.delta(regions).await, no_deltas).await;
        let delta = match delta {
            Ok(delta) => delta,
            // Whatever is wrong with deltas may be right with everything.
            Err(error) if no_deltas(&error) || error.is_decode() || error.is_too_large() => {
                tracing::debug!(target: "feign::eureka", %error, "Eureka: no delta, everything is read");
                return Ok(false);
            }
            Err(error) => return Err(error),
        };
        let Some(hash) = delta.hash().filter(|_| delta.version() >= 0).map(str::to_owned) else {
            return Ok(false);
        };
        let mut registry = shared.registry();
        registry.apply(delta);
        if !registry.agrees(&hash) {
            tracing::debug!(target: "feign::eureka",
                ours = registry.hash(),
                theirs = hash,
                "Eureka: hashes differ, everything is read"
            );
            return Ok(false);
        }
        drop(registry);
        self.set_since_full(self.since_full().unwrap_or(0) + 1);
        Ok(true)
    }

    async fn read_all(&self, shared: &Shared) -> Result<(), Error> {
        let regions = self.regions();
        let regions = regions.as_slice();
        let all: Applications =
            self.pool.ask(async |api| api.apps(regions).await, |_| false).await?;
        shared.registry().replace(all, Instant::now());
        self.set_since_full(0);
        Ok(())
    }

    fn regions(&self) -> Vec<&str> {
        self.regions.iter().map(String::as_str).collect()
    }
}
