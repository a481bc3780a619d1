//! What a backend brings for a transaction.

use std::fmt;
use std::sync::Arc;

use super::tally::Tally;
use crate::publish::backend::BoxFuture;
use crate::publish::error::Error;
use crate::publish::gate::Permit;
use crate::publish::pending::{Acknowledge, Pending, Receipt};
use crate::publish::record::Record;

/// One attempt at a transaction, which a backend makes in [`Backend::begin`](crate::publish::Backend::begin). It ends once:
/// by [`commit`](Self::commit), [`abort`](Self::abort) or [`abandon`](Self::abandon), whichever is called.
///
/// The line, the acknowledgements and the order of things are [`Transaction`](super::Transaction)'s: no event is taken any more
/// when one of the three is called, and before a commit every event was acknowledged.
pub trait Attempt: Send + Sync + fmt::Debug {
    /// Says whether [`take`](Self::take) can do without [`prepare`](Self::prepare).
    fn is_prepared(&self, record: &Record) -> bool {
        let _ = record;
        true
    }

    /// Finds out what has to be known before the record is taken, as the partitions of its topic.
    fn prepare<'a>(&'a self, record: &'a Record) -> BoxFuture<'a, Result<(), Error>> {
        let _ = record;
        Box::pin(std::future::ready(Ok(())))
    }

    /// Takes an event, without waiting, and answers its entry later.
    ///
    /// # Errors
    ///
    /// When it is refused at once: it is no part of the transaction then.
    fn take(&self, record: Record, entry: Entry) -> Result<(), Error>;

    /// Makes what was taken visible. What it began goes on when the future is dropped.
    ///
    /// Fails with [`Kind::Aborted`](crate::publish::Kind::Aborted) when the scope may be run again, and
    /// has ended the attempt then as well; every other error is the caller's.
    fn commit(&self) -> BoxFuture<'static, Result<(), Error>>;

    /// Undoes what was taken. What it began goes on when the future is dropped.
    ///
    /// Fails only when that says something about the next attempt, as that another one took the transactional id.
    fn abort(&self) -> BoxFuture<'static, Result<(), Error>>;

    /// Undoes what was taken, with nobody there who waits for it: the scope was dropped.
    fn abandon(&self);
}

/// An event that a transaction took; it is answered once.
#[derive(Debug)]
#[must_use = "an entry that is not answered lets the transaction fail"]
pub struct Entry {
    permit: Permit,
    acknowledge: Acknowledge,
    tally: Arc<Tally>,
}

impl Entry {
    pub(super) fn new(permit: Permit, tally: Arc<Tally>) -> (Self, Pending) {
        let (acknowledge, pending) = Pending::channel();
        (Self { permit, acknowledge, tally }, pending)
    }

    /// Says what became of the event; after an error the transaction does not commit.
    pub fn answer(self, result: Result<Receipt, Error>) {
        let Self { permit, acknowledge, tally } = self;
        tally.answered(result.as_ref().err());
        // Not before: with the last place free, the scope looks whether all went well.
        drop(permit);
        acknowledge.settle(result);
    }
}
