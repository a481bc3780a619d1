//! What a broker in memory is to keep to.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{Inner, Memory};
use crate::observe::{Audience, Observer};
use crate::publish::gate::{Gate, Limits};

/// What a [`Memory`] is to keep to.
#[derive(Clone, Debug)]
#[must_use = "nothing is made until `build`"]
pub struct MemoryBuilder {
    limits: Limits,
    limit: usize,
    audience: Audience,
}

impl MemoryBuilder {
    pub(super) fn new() -> Self {
        Self { limits: Limits::default(), limit: 1 << 20, audience: Audience::default() }
    }

    /// Sets how many events may be in line. *Default:* 1024.
    pub const fn max_in_flight(mut self, messages: u32) -> Self {
        self.limits.messages = messages;
        self
    }

    /// Sets how many bytes may be in line. *Default:* 32 MiB.
    pub const fn max_bytes_in_flight(mut self, bytes: u32) -> Self {
        self.limits.bytes = bytes;
        self
    }

    /// Sets how long an event waits at a full gate. *Default:* 10 s.
    pub const fn max_block(mut self, wait: Duration) -> Self {
        self.limits.max_block = wait;
        self
    }

    /// Sets how large an event may be. *Default:* 1 MiB.
    pub const fn max_event_bytes(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// Tells an observer of every event; several are told in their order.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.audience = self.audience.with(observer);
        self
    }

    /// Makes it.
    #[must_use]
    pub fn build(self) -> Memory {
        let Self { limits, limit, audience } = self;
        let (gate, transactions) = (Gate::new(limits), Gate::new(Limits::default()));
        let state = Mutex::default();
        Memory(Arc::new(Inner { gate, limits, transactions, limit, audience, state }))
    }
}
