//! Answers that are held back.

use crate::publish::error::Error;
use crate::publish::gate::Permit;
use crate::publish::pending::{Acknowledge, Receipt};
use crate::publish::transaction::Entry;

pub(super) struct Held {
    pub(super) reply: Reply,
    pub(super) answer: Result<Receipt, Error>,
}

pub(super) enum Reply {
    Plain(Acknowledge, Permit),
    InTransaction(Entry),
}

impl Held {
    pub(super) fn give(self) {
        match self.reply {
            Reply::Plain(acknowledge, _permit) => acknowledge.settle(self.answer),
            Reply::InTransaction(entry) => entry.answer(self.answer),
        }
    }
}
