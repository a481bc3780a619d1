//! A producer that is lent to one transaction.

use std::fmt;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use feign_core::publish::{Error, Permit};
use rdkafka::error::{KafkaError, KafkaResult};
use tokio::time::Instant;

use super::failure;
use super::pool::{Pool, Slot, dispose};
use super::producer::{self, Failed, Producer};

/// A producer that is lent; dropped while its transaction is open, it is aborted and then given back.
pub(super) struct Lease {
    pool: Arc<Pool>,
    slot: Option<Slot>,
    place: Option<Permit>,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Clean,
    Open,
    /// In the middle of a commit or an abort.
    Ending,
}

impl Lease {
    pub(super) fn new(pool: Arc<Pool>, slot: Slot, place: Permit) -> Self {
        Self { pool, slot: Some(slot), place: Some(place), state: State::Clean }
    }

    pub(super) fn pool(&self) -> &Pool {
        &self.pool
    }

    pub(super) fn id(&self) -> String {
        self.pool.id(self.slot.as_ref().map_or(0, |slot| slot.number))
    }

    pub(super) fn producer(&self) -> Option<&Producer> {
        self.slot.as_ref()?.producer.as_ref()
    }

    pub(super) fn set(&mut self, producer: Producer) {
        if let Some(slot) = &mut self.slot {
            (slot.producer, slot.owes) = (Some(producer), false);
        }
    }

    pub(super) fn opened(&mut self) {
        self.state = State::Open;
    }

    pub(super) fn ending(&mut self) {
        self.state = State::Ending;
    }

    pub(super) fn ended(&mut self) {
        self.state = State::Clean;
    }

    /// Gives the producer up in the middle of its transaction; the next one takes this id first.
    pub(super) fn leave(&mut self) {
        if let Some(slot) = &mut self.slot {
            slot.owes = true;
        }
        self.discard();
    }

    /// Gives the producer up; the next transaction makes another one under its id. Not before: an instance that is
    /// told that it was fenced, and ends, does not fence the other one in its turn.
    pub(super) fn discard(&mut self) {
        dispose(self.slot.as_mut().and_then(|slot| slot.producer.take()));
        self.state = State::Clean;
    }

    /// Calls librdkafka until it is done, at most for so long.
    pub(super) fn call(
        &self,
        within: Duration,
        call: impl Fn(&Producer) -> KafkaResult<()>,
    ) -> Result<(), Failed> {
        let Some(producer) = self.producer() else {
            return Err(Failed::Fatal(KafkaError::Canceled));
        };
        producer::repeat(&self.pool, Instant::now() + within, || call(producer))
    }

    pub(super) fn fatal(&self, error: &KafkaError) -> Error {
        failure::fatal(error, &self.id(), self.pool.settings.timeout)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(mut slot) = self.slot.take() else { return };
        match self.state {
            State::Clean => self.pool.put(slot),
            State::Open => {
                let (pool, place) = (Arc::clone(&self.pool), self.place.take());
                // Not `Open`: where there is no thread to be had, this is dropped in its turn.
                let lease = Self { pool, slot: Some(slot), place, state: State::Ending };
                drop(thread::Builder::new().spawn(move || producer::abort(lease)));
            }
            State::Ending => {
                dispose(slot.producer.take());
                self.pool.put(slot);
            }
        }
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease").field("id", &self.id()).field("state", &self.state).finish()
    }
}
