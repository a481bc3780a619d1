//! Tells the servers what a lease has to tell, and renews it.

use std::sync::Arc;
use std::time::Duration;

use feign_core::{Error, StatusCode};
use tokio::time::Instant;

use super::duty::Duty;
use super::farewell;
use super::limiter::Limiter;
use super::own::{Own, Phase};
use crate::api::{Api as _, Written};
use crate::model::Status;

/// The first wait after a failure; it doubles up to the interval of renewals.
const FIRST_WAIT: Duration = Duration::from_secs(1);

/// When what may be done.
struct Clock {
    limiter: Limiter,
    renew_at: Instant,
    /// After failures: nothing is tried before.
    not_before: Instant,
    failures: u32,
}

/// Runs until the lease is cancelled.
pub(super) async fn run(own: &Arc<Own>) {
    let now = Instant::now();
    let limiter = Limiter::new(now);
    let mut clock = Clock { limiter, renew_at: now + own.renewal, not_before: now, failures: 0 };
    loop {
        let duty = own.state().duty();
        let now = Instant::now();
        let due = match duty {
            Some((Duty::Cancel, _)) => now,
            Some((_, true)) => clock.limiter.ready_at(now).max(clock.not_before),
            Some((_, false)) => clock.not_before,
            None => clock.renew_at.max(clock.not_before),
        };
        // A change that waits for its turn holds no renewal up.
        let waits = matches!(duty, Some((_, true))) && own.state().is_registered;
        let renews = duty.is_none() || (waits && due > clock.renew_at);
        let due = if renews { clock.renew_at.max(clock.not_before) } else { due };
        if due > now {
            tokio::select! {
                () = own.changed.notified() => {
                    // What is urgent is tried at once, whatever has failed before.
                    if own.state().is_urgent {
                        clock.not_before = Instant::now();
                    }
                    continue;
                }
                () = tokio::time::sleep_until(due) => {}
            }
        }
        let done = match duty {
            Some((Duty::Cancel, _)) => return cancel(own).await,
            Some((duty, may_wait)) if !renews => {
                if may_wait {
                    clock.limiter.take(Instant::now());
                }
                tell(own, duty).await
            }
            _ => {
                tokio::select! {
                    renewed = renew(own) => renewed,
                    // What is asked for now is more than a renewal.
                    () = hurried(own) => continue,
                }
            }
        };
        clock.note(own, done.as_ref().err());
    }
}

/// Ends when there is something to tell that may not wait.
async fn hurried(own: &Own) {
    while own.state().duty().is_none_or(|(_, may_wait)| may_wait) {
        own.changed.notified().await;
    }
}

impl Clock {
    /// Notes how it went: after a failure it is tried again soon, and then less soon.
    fn note(&mut self, own: &Own, failure: Option<&Error>) {
        let now = Instant::now();
        let Some(error) = failure else {
            if std::mem::take(&mut self.failures) > 0 {
                tracing::info!(target: "feign::eureka", id = own.state().written.id, "Eureka: the registry answers again");
            }
            self.not_before = now;
            // A little early, so that a fleet spreads.
            self.renew_at = now + own.renewal.mul_f64(1.0 - 0.1 * fastrand::f64());
            return;
        };
        self.failures = self.failures.saturating_add(1);
        if self.failures == 1 {
            let id = &own.state().written.id;
            tracing::warn!(target: "feign::eureka", id, %error, "Eureka: the registry cannot be told, it is tried again");
        }
        let doubled = FIRST_WAIT.saturating_mul(2_u32.saturating_pow(self.failures - 1));
        let wait = doubled.min(own.renewal);
        self.not_before = now + wait.mul_f64(0.8 + 0.4 * fastrand::f64());
    }
}

/// Tells one thing. An error: it has to be tried again.
async fn tell(own: &Own, duty: Duty) -> Result<(), Error> {
    match duty {
        Duty::Register => register(own).await,
        Duty::TakeOut => take_out(own).await,
        Duty::BringBack => bring_back(own).await,
        Duty::Cancel => Ok(()),
    }
}

async fn register(own: &Own) -> Result<(), Error> {
    let overridden = overridden(own).await;
    let written = {
        let mut state = own.state();
        state.was_sent = true;
        state.registration(overridden)
    };
    let sent = &written;
    let refused = |error: &Error| error.status() == Some(StatusCode::BAD_REQUEST);
    let result =
        own.pool.ask(|api| async move { api.register(sent.app(), sent).await }, refused).await;
    match result {
        Ok(()) => {
            let is_first = !own.state().registered(&written);
            if is_first && is_outdated(own, &written).await {
                return Ok(());
            }
            own.set_phase(Phase::Registered);
            tracing::debug!(target: "feign::eureka", id = written.id(), status = %written.status, "Eureka: registered");
            Ok(())
        }
        Err(error) => {
            if refused(&error) {
                own.refused(&String::from_utf8_lossy(error.body()));
            }
            Err(error)
        }
    }
}

/// Whether the server has kept a newer record, as it answers all the same; then it is registered again.
async fn is_outdated(own: &Own, written: &Written) -> bool {
    let (app, id) = (written.app(), written.id());
    let known = own.pool.ask(|api| async move { api.instance(app, id).await }, |_| true).await;
    let newer = known.ok().flatten().map(|known| known.last_dirty());
    let newer = newer.filter(|newer| *newer > written.last_dirty);
    if let Some(newer) = newer {
        own.state().outdated_by(newer);
    }
    newer.is_some()
}

/// What an operator made of us, as far as we read the registry: told again where a server has lost it.
///
/// A server that knows us knows better, since what we read is old: it may have been taken back.
async fn overridden(own: &Own) -> Status {
    let (app, id) = {
        let state = own.state();
        if state.was_out {
            // What we read may be our own word.
            return Status::Unknown;
        }
        (state.written.app.clone(), state.written.id.clone())
    };
    let read = own.eureka.registry().get(&app, &id).map(|known| known.overridden_status());
    let Some(read) = read.filter(|read| *read != Status::Unknown) else { return Status::Unknown };
    let (app, id) = (app.as_str(), id.as_str());
    let is_answer = |error: &Error| error.status().is_some();
    let known = own.pool.ask(|api| async move { api.instance(app, id).await }, is_answer).await;
    known.ok().flatten().map_or(read, |known| known.overridden_status())
}

async fn renew(own: &Own) -> Result<(), Error> {
    let (written, want, told) = {
        let state = own.state();
        (state.written.clone(), state.want, state.told)
    };
    let (app, id) = (written.app(), written.id());
    let renewed =
        own.pool.ask(|api| async move { api.renew(app, id, want, told, None).await }, is_lost);
    match renewed.await {
        Err(error) if is_lost(&error) => {
            tracing::info!(target: "feign::eureka", id, "Eureka: the server has lost the instance, it is registered again");
            own.state().lost();
            Ok(())
        }
        result => result,
    }
}

async fn take_out(own: &Own) -> Result<(), Error> {
    let (written, told) = told(own);
    let (app, id) = (written.app(), written.id());
    let out = Status::OutOfService;
    let result = own
        .pool
        .ask(|api| async move { api.override_status(app, id, out, Some(told)).await }, is_lost)
        .await;
    settle(own, result, |own| own.state().taken_out())
}

async fn bring_back(own: &Own) -> Result<(), Error> {
    let (written, told) = told(own);
    let (app, id) = (written.app(), written.id());
    // Without a status it would be unknown until the next renewal.
    let status = Some(written.status);
    let result = own
        .pool
        .ask(|api| async move { api.remove_override(app, id, status, Some(told)).await }, is_lost)
        .await;
    settle(own, result, |own| own.state().brought_back())
}

fn told(own: &Own) -> (Written, i64) {
    let state = own.state();
    (state.written.clone(), state.told)
}

fn settle(own: &Own, result: Result<(), Error>, done: fn(&Own)) -> Result<(), Error> {
    match result {
        Ok(()) => done(own),
        Err(error) if is_lost(&error) => own.state().lost(),
        Err(error) => return Err(error),
    }
    Ok(())
}

/// The lease is not known; no other server would know it better.
fn is_lost(error: &Error) -> bool {
    error.status() == Some(StatusCode::NOT_FOUND)
}

async fn cancel(own: &Own) {
    let (written, was_sent) = {
        let state = own.state();
        (state.written.clone(), state.was_sent)
    };
    if was_sent {
        let id = written.id();
        match farewell::cancel(&own.pool, &written).await {
            Err(error) if !is_lost(&error) => {
                tracing::warn!(target: "feign::eureka", id, %error, "Eureka: the lease could not be cancelled, it runs out by itself");
            }
            _ => tracing::debug!(target: "feign::eureka", id, "Eureka: cancelled"),
        }
    }
    own.set_phase(Phase::Gone);
}
