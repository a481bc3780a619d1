//! Faults of the broker in memory.

use std::collections::VecDeque;

use crate::publish::error::{Error, Kind, Outcome};
use crate::publish::record::Record;

/// What becomes of the next event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// It is refused before it is in line, and not written.
    Refuse(Kind),
    /// It is in line, fails with this, and is not written.
    Fail(Kind),
    /// It is written, and the acknowledgement is lost: `TimedOut`, and nobody knows.
    LoseAcknowledgement,
}

impl Fault {
    pub(super) fn refuses(&self, record: &Record) -> Option<Error> {
        match self {
            Self::Refuse(kind) => Some(record.error(*kind).with_outcome(Outcome::NotWritten)),
            Self::Fail(_) | Self::LoseAcknowledgement => None,
        }
    }

    pub(super) const fn is_written(&self) -> bool {
        matches!(self, Self::LoseAcknowledgement)
    }

    pub(super) fn error(self, record: &Record) -> Error {
        match self {
            Self::Refuse(kind) | Self::Fail(kind) => {
                record.error(kind).with_outcome(Outcome::NotWritten)
            }
            Self::LoseAcknowledgement => record.error(Kind::TimedOut),
        }
    }
}

#[derive(Default)]
pub(super) struct Faults(VecDeque<Fault>);

impl Faults {
    pub(super) fn push(&mut self, fault: Fault) {
        self.0.push_back(fault);
    }

    pub(super) fn next(&mut self) -> Option<Fault> {
        self.0.pop_front()
    }
}
