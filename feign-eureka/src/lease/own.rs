//! What a lease and its task share.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{Notify, watch};

use super::duty::State;
use super::task;
use crate::eureka::Shared;
use crate::registration::Registration;
use crate::servers::Pool;

/// How much of a server's reason is kept, in characters.
const REASON: usize = 500;

/// How far a lease has come.
#[derive(Clone, Debug)]
pub(super) enum Phase {
    /// No server has answered yet.
    Beginning,
    Registered,
    /// By a server, for this reason. It is tried again.
    Refused(Arc<str>),
    /// It cannot be sent, for this reason. Nothing is.
    Impossible(Arc<str>),
    /// Nothing more will be sent.
    Gone,
}

/// One registered instance.
pub(super) struct Own {
    pub(super) eureka: Arc<Shared>,
    pub(super) pool: Pool,
    pub(super) renewal: Duration,
    state: Mutex<State>,
    /// There is something to do.
    pub(super) changed: Notify,
    phase: watch::Sender<Phase>,
    is_running: AtomicBool,
}

/// Held by the task, which also ends with its runtime.
struct Running(Arc<Own>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.is_running.store(false, Ordering::Release);
    }
}

impl Own {
    pub(super) fn new(eureka: Arc<Shared>, registration: &Registration) -> Arc<Self> {
        let pool = eureka.pool(eureka.settings.seed ^ 1);
        let (state, phase) = match registration.written(eureka.settings.zone.as_deref()) {
            Ok(written) => (State::new(written), Phase::Beginning),
            Err(why) => {
                let why = format!("Eureka: the registration of `{}`: {why}", registration.name());
                tracing::error!(target: "feign::eureka", "{why}");
                (State::default(), Phase::Impossible(why.into()))
            }
        };
        Arc::new(Self {
            eureka,
            pool,
            renewal: registration.renewal,
            state: Mutex::new(state),
            changed: Notify::new(),
            phase: watch::Sender::new(phase),
            is_running: AtomicBool::new(false),
        })
    }

    /// Never held while something is waited for.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what is to be told, and wakes who tells it.
    pub(super) fn change(self: &Arc<Self>, with: impl FnOnce(&mut State)) {
        with(&mut self.state());
        self.changed.notify_one();
        self.keep_running();
    }

    pub(super) fn set_phase(&self, phase: Phase) {
        self.phase.send_replace(phase);
    }

    /// Notes why a server refuses the registration, and logs it where it is news.
    pub(super) fn refused(&self, reason: &str) {
        let printable = |text: char| if text.is_control() { ' ' } else { text };
        let reason: String = reason.chars().take(REASON).map(printable).collect();
        let why = format!("the server refuses the registration: {reason}");
        let id = self.state().written.id.clone();
        self.phase.send_if_modified(|phase| {
            if matches!(phase, Phase::Refused(known) if **known == *why) {
                return false;
            }
            tracing::error!(target: "feign::eureka", id, reason, "Eureka: the registration is refused");
            *phase = Phase::Refused(why.into());
            true
        });
    }

    /// Whether nothing is sent any more.
    pub(super) fn is_gone(&self) -> bool {
        matches!(*self.phase.borrow(), Phase::Gone | Phase::Impossible(_))
    }

    /// Waits for a phase.
    pub(super) async fn wait(&self, for_: impl FnMut(&Phase) -> bool) -> Phase {
        let mut phases = self.phase.subscribe();
        // What sends them is ours.
        phases.wait_for(for_).await.map_or(Phase::Gone, |phase| phase.clone())
    }

    /// Starts the task where it does not run: at first, and when its runtime has gone.
    pub(super) fn keep_running(self: &Arc<Self>) {
        let Ok(runtime) = Handle::try_current() else {
            if !self.is_running.load(Ordering::Acquire) {
                tracing::warn!(target: "feign::eureka",
                    "Eureka: outside of a tokio runtime nothing is registered or renewed"
                );
            }
            return;
        };
        if self.is_gone() || self.is_running.swap(true, Ordering::AcqRel) {
            return;
        }
        let running = Running(Arc::clone(self));
        drop(runtime.spawn(async move { task::run(&running.0).await }));
    }
}

impl fmt::Debug for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("Own")
            .field("id", &state.written.id)
            .field("status", &state.want)
            .field("phase", &*self.phase.borrow())
            .finish_non_exhaustive()
    }
}
