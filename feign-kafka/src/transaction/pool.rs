//! The producers of transactions: each is lent to one transaction at a time.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use feign_core::publish::{Error, Gate, Kind, Limits};
use rdkafka::ClientConfig;
use tokio::task::{JoinSet, spawn_blocking};

use super::Transactions;
use super::lease::Lease;
use super::producer::{self, Producer};
use crate::settings::Settings;

pub(crate) struct Pool {
    pub(super) config: ClientConfig,
    pub(super) settings: Transactions,
    pub(super) connect_timeout: Duration,
    pub(super) limits: Limits,
    /// One place for each producer: fair, closed and drained as the line of events is.
    gate: Arc<Gate>,
    idle: Mutex<Vec<Slot>>,
    /// Closed, and nobody waits for those that run any more.
    gone: AtomicBool,
}

/// A transactional id, and its producer: none before the first, or after one that was given up.
pub(super) struct Slot {
    pub(super) number: u32,
    pub(super) producer: Option<Producer>,
    /// What the last producer began was not ended, and holds readers up until the next one announces the id.
    pub(super) owes: bool,
}

impl Pool {
    /// Makes all producers at once, unless it is `lazy`: each takes up to half a second, and whatever a
    /// predecessor left open under its id holds readers up until then.
    pub(crate) async fn open(settings: &Settings) -> Result<Option<Arc<Self>>, Error> {
        let Some(transactions) = settings.transactions.clone() else { return Ok(None) };
        let pool = Arc::new(Self {
            config: settings.transactional_config(&transactions),
            connect_timeout: settings.connect_timeout,
            limits: settings.limits,
            gate: Gate::new(Limits { messages: transactions.pool, ..settings.limits }),
            idle: Mutex::default(),
            gone: AtomicBool::new(false),
            settings: transactions,
        });
        let mut made = JoinSet::new();
        for number in 0..pool.settings.pool {
            let (pool, lazy) = (Arc::clone(&pool), settings.lazy);
            made.spawn_blocking(move || pool.fill(number, lazy));
        }
        while let Some(filled) = made.join_next().await {
            filled.map_err(|source| Error::new(Kind::Fatal).with_source(source))??;
        }
        Ok(Some(pool))
    }

    fn fill(&self, number: u32, lazy: bool) -> Result<(), Error> {
        let made = if lazy { None } else { Some(producer::make(self, &self.id(number))?) };
        self.put(Slot { number, producer: made, owes: false });
        Ok(())
    }

    pub(super) fn id(&self, number: u32) -> String {
        format!("{}-{number}", self.settings.prefix)
    }

    /// Lends a producer with a transaction begun.
    pub(super) async fn begin(self: &Arc<Self>) -> Result<Lease, Error> {
        let place = match self.gate.try_enter(0) {
            Some(place) => place?,
            None => Arc::clone(&self.gate).enter(0).await.map_err(|error| self.full(error))?,
        };
        let slot = self.take().ok_or_else(|| Error::new(Kind::Closed))?;
        let lease = Lease::new(Arc::clone(self), slot, place);
        spawn_blocking(move || producer::begin(lease))
            .await
            .map_err(|source| Error::new(Kind::Closed).with_source(source))?
    }

    fn full(&self, error: Error) -> Error {
        match error.kind() {
            Kind::Backpressure => Error::new(Kind::Backpressure).with_reason(format!(
                "{} transactions are running, for {:?}",
                self.settings.pool, self.limits.max_block
            )),
            _ => error,
        }
    }

    /// Takes an id: one that owes an end first, else one with a producer.
    fn take(&self) -> Option<Slot> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let owes = idle.iter().position(|slot| slot.owes);
        let ready = owes.or_else(|| idle.iter().position(|slot| slot.producer.is_some()));
        match ready {
            Some(at) => Some(idle.swap_remove(at)),
            None => idle.pop(),
        }
    }

    pub(super) fn put(&self, mut slot: Slot) {
        if self.gate.is_closed() {
            dispose(slot.producer.take());
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(slot);
    }

    pub(super) fn is_gone(&self) -> bool {
        self.gone.load(Ordering::SeqCst)
    }

    /// Begins no transaction any more.
    pub(crate) fn close(&self) {
        self.gate.close();
    }

    /// Waits for those that run, and says how many are left.
    pub(crate) async fn drain(&self, within: Duration) -> usize {
        let left = self.gate.drain(within).await.err().map_or(0, |left| left.messages);
        self.gone.store(true, Ordering::SeqCst);
        let mut dropped = JoinSet::new();
        for producer in self.producers() {
            dropped.spawn_blocking(move || drop(producer));
        }
        dropped.join_all().await;
        left
    }

    fn producers(&self) -> Vec<Producer> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.iter_mut().filter_map(|slot| slot.producer.take()).collect()
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.producers().into_iter().for_each(|producer| dispose(Some(producer)));
    }
}

/// Dropping a producer joins a thread that looks up every 100 ms.
pub(super) fn dispose(producer: Option<Producer>) {
    if let Some(producer) = producer {
        // Without a thread to be had, it is dropped here.
        drop(thread::Builder::new().spawn(move || drop(producer)));
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("settings", &self.settings)
            .field("running", &self.gate.in_flight())
            .finish_non_exhaustive()
    }
}
