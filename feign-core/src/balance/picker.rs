//! Picking without a call of ours.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::{Attempt, Outcome, hash_of};
use crate::discover::{Endpoint, Target};
use crate::error::Error;

/// Picks endpoints of one service for calls that the hub does not make: of a protocol of yours, of gRPC,
/// of a WebSocket. Cheap to clone; made by [`Hub::picker`](crate::Hub::picker).
///
/// It picks as a client of the hub does, from the same endpoints, and what it is told of them counts for
/// both.
///
/// ```
/// # async fn connect(authority: &str) -> std::io::Result<()> { Ok(()) }
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// use feign::balance;
///
/// let hub = feign::Hub::builder()
///     .service("chat", |s| s.url("http://10.0.0.7:8080").url("http://10.0.0.8:8080").balance(balance::ewma()))
///     .build()?;
/// let picker = hub.picker("chat");
///
/// let mut picked = picker.pick().await?;
/// match connect(picked.endpoint().authority().as_str()).await {
///     Ok(connection) => picked.succeeded(),
///     Err(error) => picked.failed(),
/// }
/// // It has work to do as long as `picked` is there: keep it beside the connection.
/// drop(picked);
/// # Ok::<(), feign::Error>(()) }).unwrap();
/// ```
///
/// The service is followed while there is a picker, as with a client.
#[derive(Clone)]
pub struct Picker {
    target: Arc<Target>,
    key: Option<u64>,
    /// How long the source's first word is waited for.
    timeout: Duration,
}

impl Picker {
    pub(crate) fn new(target: Arc<Target>, timeout: Duration) -> Self {
        Self { target, key: None, timeout }
    }

    /// Returns a picker that picks the same endpoint for the same key, where the policy hashes: see
    /// [`hash`](super::hash).
    #[must_use]
    pub fn with_key(&self, key: impl AsRef<str>) -> Self {
        Self { key: Some(hash_of(key.as_ref().as_bytes())), ..self.clone() }
    }

    /// Picks an endpoint. Only the source's first word is waited for, as long as a call would: the
    /// `timeout` of the service.
    ///
    /// # Errors
    ///
    /// When there is no endpoint; the error says why.
    pub async fn pick(&self) -> Result<Picked, Error> {
        // First without reading the clock.
        if let Some(picked) = self.try_pick() {
            return Ok(picked);
        }
        let deadline = Instant::now().checked_add(self.timeout);
        self.target.attempt(self.key, deadline).await.map(Picked::new)
    }

    /// Picks an endpoint, if one is known now. Nothing is waited for.
    #[must_use]
    pub fn try_pick(&self) -> Option<Picked> {
        self.target.pick(self.key).map(Picked::new)
    }
}

impl fmt::Debug for Picker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Picker").field(&self.target.name).finish()
    }
}

/// An endpoint that was picked. It counts as one call in flight until this is dropped.
///
/// Say what became of it, so that policies know: [`succeeded`](Self::succeeded) as soon as it has
/// answered, or [`failed`](Self::failed). The first word counts; what is dropped without one was
/// cancelled, and says only how long it has waited.
#[derive(Debug)]
#[must_use = "it is in flight until it is dropped"]
pub struct Picked {
    attempt: Attempt,
    is_over: bool,
}

impl Picked {
    fn new(attempt: Attempt) -> Self {
        attempt.begin();
        Self { attempt, is_over: false }
    }

    /// Returns where to call.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        self.attempt.endpoint()
    }

    /// Says that it has answered, and how long that took: the time since the pick.
    pub fn succeeded(&mut self) {
        self.end(Outcome::Success);
    }

    /// Says that it has not answered, or that it cannot serve.
    pub fn failed(&mut self) {
        self.end(Outcome::Failure { retry_after: None });
    }

    fn end(&mut self, outcome: Outcome) {
        if !std::mem::replace(&mut self.is_over, true) {
            self.attempt.record(outcome);
        }
    }
}

impl Drop for Picked {
    fn drop(&mut self) {
        if !self.is_over {
            self.attempt.cancel(None);
        }
    }
}
