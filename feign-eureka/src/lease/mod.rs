//! A registration that is kept, and ended in order.

mod duty;
mod farewell;
mod limiter;
mod own;
mod task;

use std::sync::Arc;
use std::time::Duration;

use self::own::{Own, Phase};
use crate::error::Refused;
use crate::eureka::Shared;
use crate::model::Status;
use crate::registration::Registration;

/// How long [`Lease::leave`] waits at most: a registry that does not answer holds no shutdown up.
const LEAVE_AT_MOST: Duration = Duration::from_secs(5);

/// An instance that is registered, as long as this lives.
///
/// A task renews it, registers it again where a server has lost it, and tells changes. Changes are told
/// at once, but no more than four in a minute (two of them in a row): more of them are told together.
/// The task runs on the runtime where it was begun. Where that one has ended, [`registered`] and what
/// says something new begin it again on the runtime they are called in.
///
/// # Leaving
///
/// Leaving is an order: be taken out of service, wait until callers have heard of it, cancel the lease,
/// accept no more, end what has begun. [`leave_on`](Self::leave_on) keeps it.
///
/// Dropped without having been left, the lease is cancelled as far as that is possible, also when the
/// runtime is going down: the drop waits up to half a second for it.
///
/// [`registered`]: Self::registered
#[derive(Debug)]
pub struct Lease(Arc<Own>);

impl Lease {
    pub(crate) fn new(eureka: Arc<Shared>, registration: &Registration) -> Self {
        let own = Own::new(eureka, registration);
        own.keep_running();
        Self(own)
    }

    /// Returns the id of the instance.
    #[must_use]
    pub fn id(&self) -> String {
        self.0.state().written.id.clone()
    }

    /// Waits until the instance is registered.
    ///
    /// # Errors
    ///
    /// When the registration cannot be, or the server refuses it, with its reason. That no server
    /// answers is no error: it is tried again.
    pub async fn registered(&self) -> Result<(), Refused> {
        self.0.keep_running();
        let phase = self.0.wait(|phase| !matches!(phase, Phase::Beginning)).await;
        match phase {
            Phase::Refused(why) | Phase::Impossible(why) => Err(Refused(why)),
            _ => Ok(()),
        }
    }

    /// Returns the status that the instance says of itself.
    #[must_use]
    pub fn status(&self) -> Status {
        self.0.state().want
    }

    /// Says that the instance serves.
    pub fn up(&self) {
        self.set_status(Status::Up);
    }

    /// Says that the instance gets no new calls, and ends those that it has.
    pub fn out_of_service(&self) {
        self.set_status(Status::OutOfService);
    }

    /// Says that the instance cannot serve.
    pub fn down(&self) {
        self.set_status(Status::Down);
    }

    /// Says a status. An operator's override stays above it.
    pub fn set_status(&self, status: Status) {
        self.0.change(|state| state.set_status(status));
    }

    /// Sets an entry of the metadata.
    pub fn set_metadata(&self, key: impl AsRef<str>, value: impl AsRef<str>) {
        let (key, value) = (key.as_ref(), value.as_ref());
        self.0.change(|state| state.set_metadata(key, Some(value)));
    }

    /// Takes an entry of the metadata away.
    pub fn remove_metadata(&self, key: &str) {
        self.0.change(|state| state.set_metadata(key, None));
    }

    /// Cancels the lease. It ends after five seconds, also where no server answers.
    pub async fn leave(self) {
        self.0.change(|state| state.ending = true);
        let gone = self.0.wait(|phase| matches!(phase, Phase::Gone | Phase::Impossible(_)));
        let _ = tokio::time::timeout(LEAVE_AT_MOST, gone).await;
    }

    /// Leaves in order when `signal` comes: takes the instance out of service at once, waits until the
    /// callers' caches have turned over, and cancels the lease. What is returned ends then, which is
    /// when a server stops to accept: it is what axum's `with_graceful_shutdown` wants. The wait counts
    /// from the signal, also where the registry hears of it later: what ends the process has a clock too.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use feign::eureka::{Eureka, Registration};
    /// # async fn serve(eureka: Eureka, signal: impl Future<Output = ()> + Send + 'static) {
    /// let lease = eureka.register(Registration::new("orders").port(8080));
    /// // axum::serve(listener, app).with_graceful_shutdown(..)
    /// let shutdown = lease.leave_on(signal, Duration::from_secs(100));
    /// # shutdown.await }
    /// ```
    ///
    /// How long is long enough: a caller of ours reads the registry every 36 s at most, from a server
    /// whose cache is up to 30 s old, which makes 66 s; Spring's callers read every 30 s and keep what
    /// they choose from for 35 s more, which makes 95 s, unless `spring.cloud.loadbalancer.cache` is
    /// off. A call that comes later than that still succeeds as long as the instance drains.
    #[expect(clippy::manual_async_fn, reason = "what a server asks of it stands in the signature")]
    pub fn leave_on<S>(self, signal: S, wait: Duration) -> impl Future<Output = ()> + Send + 'static
    where
        S: Future + Send + 'static,
        S::Output: Send,
    {
        async move {
            signal.await;
            self.0.change(|state| state.take_out_now());
            tokio::time::sleep(wait).await;
            self.leave().await;
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if !self.0.is_gone() {
            farewell::say(&self.0);
        }
    }
}
