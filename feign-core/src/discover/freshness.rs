//! How much what is known of a service can be trusted.

use std::sync::Arc;
use std::time::Instant;

use super::Endpoint;

/// How much what is known of a service can be trusted.
#[derive(Clone, Debug, Default)]
pub enum Freshness {
    /// Its source has not said anything yet.
    #[default]
    Pending,
    /// Its source has said this last, and nothing has failed since.
    Live,
    /// Its source fails; what it said before is kept.
    Stale {
        /// When it began to fail, on tokio's clock.
        since: Instant,
        /// Why.
        cause: Arc<str>,
    },
}

/// What is known of a service: see [`Hub::endpoints`](crate::Hub::endpoints).
#[derive(Clone, Debug)]
pub struct Known {
    pub(crate) source: Arc<str>,
    pub(crate) freshness: Freshness,
    pub(crate) endpoints: Arc<[Endpoint]>,
}

impl Known {
    /// Returns how the source is called.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns how much it can be trusted.
    #[must_use]
    pub const fn freshness(&self) -> &Freshness {
        &self.freshness
    }

    /// Returns all endpoints, those that take no calls too.
    #[must_use]
    pub fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }
}
