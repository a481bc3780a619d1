//! Publishers over the broker in memory.

mod batch;
mod conformance;
mod fakes;
mod faults;
mod fill;
mod records;

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    pub id: String,
    pub total: u32,
}

impl Created {
    pub fn new(id: &str, total: u32) -> Self {
        Self { id: id.to_owned(), total }
    }

    pub fn id(&self) -> &str {
        &self.id
    }
}
