//! The calls that block in librdkafka; they run on threads for that.

use std::thread;
use std::time::Duration;

use feign_core::publish::{Error, Kind, Outcome};
use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode as Code};
use rdkafka::producer::{Producer as _, ThreadedProducer};
use tokio::time::Instant;

use super::context::InTransaction;
use super::failure;
use super::lease::Lease;
use super::pool::Pool;
use crate::error;

pub(super) type Producer = ThreadedProducer<InTransaction>;

/// A call comes back so often to see whether anybody still wants it.
const SLICE: Duration = Duration::from_millis(500);
const PAUSE: Duration = Duration::from_millis(20);
const LOOK: Duration = Duration::from_micros(50);

/// How a call ended that did not go well.
pub(super) enum Failed {
    /// The transaction has to be aborted; then it may be run again.
    Abortable(KafkaError),
    /// The producer is of no use any more.
    Fatal(KafkaError),
    /// It was not answered in time, or nobody waits any more.
    Late(KafkaError),
}

/// Makes a producer and announces its id: the broker ends what its predecessor left open.
pub(super) fn make(pool: &Pool, id: &str) -> Result<Producer, Error> {
    let mut config = pool.config.clone();
    config.set("transactional.id", id);
    let producer: Producer = config
        .create_with_context(InTransaction::default())
        .map_err(|failure| error::of(&failure, false))?;
    let (within, timeout) = (pool.connect_timeout, pool.settings.timeout);
    let until = Instant::now() + within;
    match repeat(pool, until, || producer.init_transactions(SLICE)) {
        Ok(()) => Ok(producer),
        Err(Failed::Late(failure)) => {
            Err(Error::new(Kind::Transport).with_outcome(Outcome::NotWritten).with_reason(format!(
                "no coordinator took the transactional id `{id}` within {within:?}; last error: {}",
                failure::said(&failure)
            )))
        }
        Err(Failed::Abortable(failure) | Failed::Fatal(failure)) => {
            Err(failure::of_init(&failure, id, timeout))
        }
    }
}

/// Begins a transaction, with a producer made for it where there is none.
pub(super) fn begin(mut lease: Lease) -> Result<Lease, Error> {
    if lease.producer().is_none() {
        let producer = make(lease.pool(), &lease.id())?;
        lease.set(producer);
    }
    match lease.call(Duration::ZERO, Producer::begin_transaction) {
        Ok(()) => {
            lease.opened();
            Ok(lease)
        }
        Err(Failed::Abortable(failure) | Failed::Fatal(failure) | Failed::Late(failure)) => {
            let error = lease.fatal(&failure);
            lease.discard();
            Err(error.with_outcome(Outcome::NotWritten))
        }
    }
}

/// Commits; every event was acknowledged.
pub(super) fn commit(mut lease: Lease) -> Result<(), Error> {
    if lease.pool().is_gone() {
        let _ = abort(lease);
        return Err(Error::new(Kind::Closed).with_reason("the deadline of `close` has passed"));
    }
    lease.ending();
    // Whether it was done is worth a wait, for as long as the broker keeps the transaction.
    match lease.call(lease.pool().settings.timeout, |producer| {
        settle(producer);
        producer.commit_transaction(SLICE)
    }) {
        Ok(()) => {
            lease.ended();
            Ok(())
        }
        // The commit may have been sent and done all the same: only an abort that is answered says that it was not.
        Err(Failed::Abortable(failure)) => match undo(lease) {
            Ok(true) => {
                let reason = failure::said(&failure);
                Err(Error::new(Kind::Aborted).with_reason(reason).with_source(failure))
            }
            Ok(false) => Err(unanswered(failure)),
            Err(error) => Err(error),
        },
        Err(Failed::Fatal(failure)) => {
            let error = lease.fatal(&failure);
            lease.discard();
            Err(error)
        }
        Err(Failed::Late(failure)) => {
            lease.leave();
            Err(unanswered(failure))
        }
    }
}

fn unanswered(failure: KafkaError) -> Error {
    let reason = format!("the commit was not answered: {}", failure::said(&failure));
    Error::new(Kind::TimedOut).with_reason(reason).with_source(failure)
}

/// Aborts what was never to be committed.
pub(super) fn abort(lease: Lease) -> Result<(), Error> {
    undo(lease).map(drop).map_err(|error| error.with_outcome(Outcome::NotWritten))
}

/// Aborts, and says whether that was answered. Where it was not, the producer is given up: the broker aborts for the
/// next one, or by itself.
fn undo(mut lease: Lease) -> Result<bool, Error> {
    lease.ending();
    match lease.call(lease.pool().connect_timeout, |producer| producer.abort_transaction(SLICE)) {
        Ok(()) => {
            lease.ended();
            Ok(true)
        }
        Err(Failed::Late(failure)) => {
            let (id, error) = (lease.id(), failure::said(&failure));
            tracing::warn!(target: "feign::kafka", id, error, "the abort was not answered");
            lease.leave();
            Ok(false)
        }
        Err(Failed::Abortable(failure) | Failed::Fatal(failure)) => {
            let error = lease.fatal(&failure);
            lease.discard();
            Err(error)
        }
    }
}

/// Calls until it is done, fails for good, or is late.
pub(super) fn repeat(
    pool: &Pool,
    until: Instant,
    call: impl Fn() -> KafkaResult<()>,
) -> Result<(), Failed> {
    loop {
        let failure = match call() {
            Ok(()) => return Ok(()),
            Err(failure) => failure,
        };
        match &failure {
            KafkaError::Transaction(said) if said.txn_requires_abort() => {
                return Err(Failed::Abortable(failure));
            }
            KafkaError::Transaction(said) if said.is_retriable() => {}
            KafkaError::Flush(Code::OperationTimedOut) => {}
            _ => return Err(Failed::Fatal(failure)),
        }
        if Instant::now() >= until || pool.is_gone() {
            return Err(Failed::Late(failure));
        }
        pause(PAUSE);
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "runs on threads that may block, outside the runtime"
)]
fn pause(duration: Duration) {
    thread::sleep(duration);
}

/// Librdkafka frees a message after its acknowledgement was told, and a commit that finds one waits for 100 ms.
fn settle(producer: &Producer) {
    let until = Instant::now() + SLICE;
    let mut looks = 0;
    while producer.in_flight_count() > 0 && Instant::now() < until {
        looks += 1;
        match looks {
            0..100 => thread::yield_now(),
            _ => pause(LOOK),
        }
    }
}
