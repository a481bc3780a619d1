//! What an instance does for a time.

use std::sync::Arc;
use std::time::Duration;

use super::Latency;
use crate::mock::Reply;

/// From a time on.
#[derive(Clone, Debug)]
pub(super) struct Phase {
    pub(super) from: Duration,
    pub(super) latency: Latency,
    reply: Arc<Reply>,
    /// What is done with a share of the requests.
    sometimes: Vec<(f64, Arc<Reply>)>,
}

/// What becomes of one request.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) latency: Duration,
    pub(super) reply: Arc<Reply>,
}

impl Default for Phase {
    fn default() -> Self {
        Self {
            from: Duration::ZERO,
            latency: Latency::fixed(Duration::ZERO),
            reply: Arc::new(Reply::from(200)),
            sometimes: Vec::new(),
        }
    }
}

impl Phase {
    pub(super) fn set_reply(&mut self, reply: Reply) {
        self.reply = Arc::new(reply);
        self.sometimes.clear();
    }

    /// Adds what is done with a share; `false` if that is no share.
    pub(super) fn add(&mut self, share: f64, reply: Reply) -> bool {
        let others: f64 = self.sometimes.iter().map(|(share, _)| share).sum();
        // Tenths add up to a little more than one.
        let fits = share >= 0.0 && others + share <= 1.0 + 1e-9;
        if fits {
            self.sometimes.push((share, Arc::new(reply)));
        }
        fits
    }

    /// Decides by three numbers from 0 up to 1.
    pub(super) fn plan(&self, [which, luck, more]: [f64; 3]) -> Plan {
        let mut below = 0.0;
        let chosen = self.sometimes.iter().find(|(share, _)| {
            below += share;
            which < below
        });
        let reply = Arc::clone(chosen.map_or(&self.reply, |(_, reply)| reply));
        // Nobody is there who could take his time.
        let latency =
            if reply.is_refusal() { Duration::ZERO } else { self.latency.sample(luck, more) };
        Plan { latency, reply }
    }
}
