//! Publishers over the broker in memory.

mod batch;
mod conformance;
mod fakes;
mod faults;
mod fill;
mod records;
mod transactions;

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Created {
    id: String,
    total: u32,
}

impl Created {
    pub(crate) fn new(id: &str, total: u32) -> Self {
        Self { id: id.to_owned(), total }
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }
}
