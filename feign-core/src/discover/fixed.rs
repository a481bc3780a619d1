//! A fixed list of endpoints, taken in turn.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::Endpoint;

/// At least one endpoint, and whose turn it is.
#[derive(Debug)]
pub(crate) struct Fixed {
    first: Endpoint,
    all: Vec<Endpoint>,
    turn: AtomicUsize,
}

impl Fixed {
    /// Makes a list; `None` if it is empty.
    pub(crate) fn new(all: Vec<Endpoint>) -> Option<Self> {
        let first = all.first()?.clone();
        Some(Self { first, all, turn: AtomicUsize::new(0) })
    }

    pub(crate) fn one(endpoint: Endpoint) -> Self {
        Self { first: endpoint.clone(), all: vec![endpoint], turn: AtomicUsize::new(0) }
    }

    pub(crate) fn next(&self) -> &Endpoint {
        if self.all.len() == 1 {
            return &self.first;
        }
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        self.all.get(turn % self.all.len()).unwrap_or(&self.first)
    }

    pub(crate) fn endpoints(&self) -> &[Endpoint] {
        &self.all
    }
}
