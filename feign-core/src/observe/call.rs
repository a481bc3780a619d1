//! A call that somebody looks at.

use std::fmt;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use http::{Response, StatusCode};
use tokio::time::Instant;

use super::{AttemptEnded, AttemptStarted, Call, CallEnded, CallStarted, End, Observers, Pick};
use crate::body::Body;
use crate::call;
use crate::codec::{Answer, Shape};
use crate::discover::{Endpoint, Freshness, Target};
use crate::error::Error;
use crate::hub::Handle;
use crate::layer::{Context, Exchange};
use crate::log::{self, Level, Rules};
use crate::operation::Operation;

/// What the events of one call share.
pub(crate) struct Observed {
    pub(crate) id: u64,
    pub(crate) operation: &'static Operation,
    pub(crate) level: Level,
    pub(crate) rules: Rules,
    /// How much of a body is shown.
    pub(crate) body_limit: usize,
    target: Arc<Target>,
    observers: Observers,
    begun: Instant,
    attempts: AtomicU32,
    endpoint: Mutex<Option<Endpoint>>,
    /// The request's body before it was compressed.
    body: OnceLock<Bytes>,
}

static CALLS: AtomicU64 = AtomicU64::new(1);

/// Looks at a call, if anybody wants to see it.
#[cold]
pub(crate) fn watch(handle: &Handle, operation: &'static Operation) -> Option<Observing> {
    let observers = handle.observers().clone();
    let level = if log::is_wanted() { handle.log_level(operation) } else { Level::None };
    if level == Level::None && !observers.is_some() {
        return None;
    }
    Some(Observing { observers, level, operation })
}

/// A call that will be looked at once it is polled.
pub(crate) struct Observing {
    observers: Observers,
    level: Level,
    operation: &'static Operation,
}

impl Observing {
    /// Makes the call, and tells of it.
    pub(crate) async fn call(
        self,
        handle: Handle,
        mut prepared: Result<Box<Exchange>, Error>,
        shape: Shape,
        optional: bool,
    ) -> Result<Answer, Error> {
        let Self { observers, level, operation } = self;
        let observed = Arc::new(Observed {
            id: CALLS.fetch_add(1, Ordering::Relaxed),
            operation,
            level,
            rules: handle.rules().clone(),
            body_limit: handle.shown_body(),
            target: Arc::clone(handle.target()),
            observers,
            begun: Instant::now(),
            attempts: AtomicU32::new(0),
            endpoint: Mutex::default(),
            body: OnceLock::new(),
        });
        if let Ok(exchange) = &mut prepared {
            exchange.context.aside().observed = Some(Arc::clone(&observed));
        }
        let started = CallStarted { call: observed.call() };
        observed.observers.tell(|observer| observer.call_started(&started));
        let guard = Guard(Some(observed));
        match call::exchange(handle, prepared, shape, optional).await {
            Ok(mut answer) => {
                answer.aside.get_or_insert_default().observed = Some(guard);
                Ok(answer)
            }
            Err(error) => {
                guard.end(End::Failed(&error));
                Err(error)
            }
        }
    }
}

/// A call on its way. Dropped before it is said how that ended, it was cancelled.
pub(crate) struct Guard(Option<Arc<Observed>>);

impl Guard {
    /// Tells how the call has ended.
    #[cold]
    pub(crate) fn result(self, status: StatusCode, error: Option<&Error>) {
        self.end(error.map_or(End::Answered(status), End::Failed));
    }

    fn end(mut self, end: End<'_>) {
        if let Some(observed) = self.0.take() {
            observed.ended(end);
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(observed) = self.0.take() {
            observed.ended(End::Cancelled);
        }
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Guard")
    }
}

impl Observed {
    pub(crate) fn service(&self) -> &str {
        &self.target.name
    }

    fn call(&self) -> Call<'_> {
        Call { id: self.id, operation: self.operation, target: &self.target.name }
    }

    /// The body before it was compressed, if it was.
    pub(crate) fn body(&self) -> Option<&Bytes> {
        self.body.get()
    }

    /// Keeps a body that will be compressed, if it will be shown.
    #[cfg(feature = "compression")]
    pub(crate) fn keep_body(&self, body: &Body) {
        if let (Level::Body, Some(bytes)) = (self.level, body.as_bytes()) {
            // A call is compressed once.
            let _ = self.body.set(bytes.clone());
        }
    }

    fn ended(&self, end: End<'_>) {
        let endpoint = self.endpoint.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let ended = CallEnded {
            call: self.call(),
            end,
            elapsed: self.begun.elapsed(),
            attempts: self.attempts.load(Ordering::Relaxed),
            endpoint: endpoint.as_ref(),
        };
        log::call_ended(self, &ended);
        self.observers.tell(|observer| observer.call_ended(&ended));
    }

    // === attempts ===

    /// An endpoint was picked, or brought by a link.
    #[cold]
    pub(crate) fn picked(&self, context: &Context, is_linked: bool) {
        self.attempts.fetch_max(context.attempt, Ordering::Relaxed);
        let Some(endpoint) = &context.endpoint else { return };
        *self.endpoint.lock().unwrap_or_else(PoisonError::into_inner) = Some(endpoint.clone());
        if !self.observers.is_some() {
            return;
        }
        let freshness = self.target.freshness();
        let freshness = (!is_linked).then_some(&freshness);
        let pick = Pick { call: self.call(), attempt: context.attempt, endpoint, freshness };
        self.observers.tell(|observer| observer.picked(&pick));
    }

    /// A request is about to be sent.
    fn attempt(self: Arc<Self>, exchange: &mut Exchange) -> Box<Attempt> {
        let Exchange { request, context } = &*exchange;
        let started = AttemptStarted {
            call: self.call(),
            attempt: context.attempt,
            endpoint: context.endpoint.as_ref(),
            method: request.method(),
            uri: request.uri(),
            headers: request.headers(),
        };
        self.observers.tell(|observer| observer.attempt_started(&started));
        log::asked(&self, exchange);
        let context = &exchange.context;
        Box::new(Attempt {
            observed: self,
            number: context.attempt,
            endpoint: context.endpoint.clone(),
            freshness: context.target.freshness(),
            begun: Instant::now(),
            hides_target: context.hides_target(),
            is_over: false,
        })
    }
}

/// Tells of an attempt that begins, if anybody looks at its call.
#[cold]
pub(crate) fn begin(exchange: &mut Exchange) {
    if let Some(observed) = exchange.context.observed().cloned() {
        let attempt = observed.attempt(exchange);
        exchange.context.aside().attempt = Some(attempt);
    }
}

/// An attempt that is looked at. Dropped before it is said how it ended, it was cancelled.
pub(crate) struct Attempt {
    observed: Arc<Observed>,
    number: u32,
    endpoint: Option<Endpoint>,
    freshness: Freshness,
    begun: Instant,
    /// Whether something of the URL is shown to nobody.
    hides_target: bool,
    is_over: bool,
}

impl Attempt {
    /// Tells how it has ended.
    pub(crate) fn end(mut self, result: &mut Result<Response<Body>, Error>) {
        self.is_over = true;
        match result {
            Ok(answer) => {
                let (endpoint, elapsed) = (self.endpoint.as_ref(), self.begun.elapsed());
                let echoes = self.hides_target;
                log::answered(&self.observed, self.number, endpoint, answer, elapsed, echoes);
                self.tell(End::Answered(answer.status()), Some(answer.headers()));
            }
            Err(error) => self.tell(End::Failed(error), None),
        }
    }

    fn tell(&self, end: End<'_>, headers: Option<&http::HeaderMap>) {
        let Self { observed, number: attempt, freshness, .. } = self;
        let (attempt, endpoint) = (*attempt, self.endpoint.as_ref());
        let elapsed = self.begun.elapsed();
        log::attempt_ended(observed, attempt, endpoint, freshness, end, elapsed);
        let call = observed.call();
        let ended = AttemptEnded { call, attempt, endpoint, end, headers, elapsed };
        observed.observers.tell(|observer| observer.attempt_ended(&ended));
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        if !self.is_over {
            self.tell(End::Cancelled, None);
        }
    }
}

impl fmt::Debug for Observed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Observed({:?})", self.call())
    }
}
