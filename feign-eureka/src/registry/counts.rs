//! How many instances have which status.

use std::fmt;

use crate::model::Status;

/// Counts by status; written as the registry's hash, `DOWN_1_UP_13_`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts([usize; Status::ALL.len()]);

impl Counts {
    pub(super) fn add(&mut self, status: Status) {
        if let Some(count) = self.0.get_mut(status as usize) {
            *count += 1;
        }
    }

    pub(super) fn remove(&mut self, status: Status) {
        if let Some(count) = self.0.get_mut(status as usize) {
            *count = count.saturating_sub(1);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|count| *count == 0)
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = Status::ALL.iter().zip(self.0).filter(|(_, count)| *count > 0);
        counts.into_iter().try_for_each(|(status, count)| write!(f, "{status}_{count}_"))
    }
}
