//! A hand on every record before it is in line: trace context, ids, whatever all events carry.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::backend::{Backend, BoxFuture, Capabilities, Enqueue, Left, Ready};
use super::error::Error;
use super::record::Record;
use super::transaction::Transaction;

/// A backend whose records are completed first; [`intercepted`] makes it. Cheap to clone, if the backend is.
pub struct Intercepted<B> {
    backend: B,
    interceptor: Interceptor,
}

pub(super) type Interceptor = Arc<dyn Fn(&mut Record) + Send + Sync>;

/// Completes every record before it gets in line, for any backend.
///
/// The interceptor runs in the task that publishes, so it sees the span and the task locals of the call. A
/// method that returns a `Record` runs it as well: the trace of an outbox is that of the request, not of
/// the relay. The relay's `send` runs it again, so add what is missing:
/// [`Record::ensure_header`] does not touch what is there.
///
/// ```
/// use feign::publish::{Error, Memory, Receipt, Record, intercepted};
///
/// # fn current_context() -> Option<(String, String)> {
/// #     Some(("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".into(), "vendor=1".into())) }
/// #[feign::publisher]
/// trait OrderEvents {
///     #[topic("orders")]
///     async fn created(&self, #[key] id: &str, #[body] event: &str) -> Result<Receipt, Error>;
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let memory = Memory::new().with_topic("orders", 1);
/// let backend = intercepted(memory.clone(), |record: &mut Record| {
///     // From the tracing library of your choice, in the form of W3C Trace Context.
///     if let Some((traceparent, tracestate)) = current_context() {
///         record.ensure_header("traceparent", || traceparent);
///         record.ensure_header("tracestate", || tracestate);
///     }
/// });
/// OrderEventsPublisher::new(&backend).created("42", "{}").await?;
///
/// let header = memory.records("orders")[0].record.header("traceparent").map(<[u8]>::to_vec);
/// assert_eq!(header.as_deref(), Some(&b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"[..]));
/// # Ok::<(), Error>(()) })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// What it makes of a record is checked again: a header without a name is refused as `Invalid`. Several are
/// nested, the outermost first.
pub fn intercepted<B: Backend>(
    backend: B,
    interceptor: impl Fn(&mut Record) + Send + Sync + 'static,
) -> Intercepted<B> {
    Intercepted { backend, interceptor: Arc::new(interceptor) }
}

impl<B> Intercepted<B> {
    /// Returns the backend behind it.
    pub const fn backend(&self) -> &B {
        &self.backend
    }
}

impl<B: Backend> Backend for Intercepted<B> {
    fn enqueue(&self, mut record: Record) -> Enqueue<'_> {
        (self.interceptor)(&mut record);
        match record.check() {
            Ok(()) => self.backend.enqueue(record),
            Err(error) => Enqueue::done(Err(error)),
        }
    }

    fn close(&self, within: Duration) -> BoxFuture<'_, Result<(), Left>> {
        self.backend.close(within)
    }

    fn ready<'a>(&'a self, topics: &'a [&'a str]) -> BoxFuture<'a, Result<Ready, Error>> {
        self.backend.ready(topics)
    }

    fn capabilities(&self) -> Capabilities {
        self.backend.capabilities()
    }

    fn begin(&self) -> BoxFuture<'_, Result<Transaction, Error>> {
        Box::pin(async { Ok(self.backend.begin().await?.intercepted(&self.interceptor)) })
    }

    fn complete(&self, record: &mut Record) {
        (self.interceptor)(record);
        self.backend.complete(record);
    }
}

impl<B: Clone> Clone for Intercepted<B> {
    fn clone(&self) -> Self {
        Self { backend: self.backend.clone(), interceptor: Arc::clone(&self.interceptor) }
    }
}

impl<B: fmt::Debug> fmt::Debug for Intercepted<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intercepted").field("backend", &self.backend).finish_non_exhaustive()
    }
}
