//! How much what is known of a service can be trusted.
#![expect(clippy::disallowed_types, reason = "what users see is not a type of tokio's")]

use std::sync::Arc;
use std::time::Instant;

use super::Endpoint;

/// How much what is known of a service can be trusted.
///
/// A service is pending until its source has said its first word, then it is live. It is stale while
/// the source fails, has ended or has panicked, and live again with its next word. When its last client
/// has gone for half a minute, it is forgotten, and pending again.
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
    /// Whether it has ever said what there is, since it is followed.
    pub(crate) has_answered: bool,
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
