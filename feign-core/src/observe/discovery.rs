//! What an observer is told of a service.

use std::sync::Arc;
use std::time::Duration;

/// Something that has become of a service that is found by a source; of one with fixed URLs, that these are
/// known.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Discovery<'a> {
    /// Other endpoints are known than before.
    #[non_exhaustive]
    Changed {
        /// The service.
        service: &'a str,
        /// How many were known.
        before: usize,
        /// How many are known.
        endpoints: usize,
    },
    /// Its source fails; what it said last is kept.
    #[non_exhaustive]
    Failed {
        /// The service.
        service: &'a str,
        /// Why.
        cause: &'a str,
        /// How many endpoints are kept.
        endpoints: usize,
    },
    /// Its source answers again.
    #[non_exhaustive]
    Recovered {
        /// The service.
        service: &'a str,
    },
    /// Many endpoints are gone at once, and are kept for a while: see `removal_grace`.
    #[non_exhaustive]
    Held {
        /// The service.
        service: &'a str,
        /// How many are gone.
        gone: usize,
        /// How long they are kept.
        kept_for: Duration,
    },
    /// Endpoints that were held are removed.
    #[non_exhaustive]
    Removed {
        /// The service.
        service: &'a str,
        /// How many.
        gone: usize,
    },
}

impl<'a> Discovery<'a> {
    /// Returns the service that it is about.
    #[must_use]
    pub const fn service(&self) -> &'a str {
        match *self {
            Self::Changed { service, .. }
            | Self::Failed { service, .. }
            | Self::Recovered { service }
            | Self::Held { service, .. }
            | Self::Removed { service, .. } => service,
        }
    }
}

/// The same before it is told: told only once no lock is held, so that an observer may ask the hub.
#[derive(Debug)]
pub(crate) enum Happened {
    Changed { before: usize, endpoints: usize },
    Failed { cause: Arc<str>, endpoints: usize },
    Recovered,
    Held { gone: usize, kept_for: Duration },
    Removed { gone: usize },
}

impl Happened {
    pub(crate) fn event<'a>(&'a self, service: &'a str) -> Discovery<'a> {
        match self {
            Self::Changed { before, endpoints } => {
                Discovery::Changed { service, before: *before, endpoints: *endpoints }
            }
            Self::Failed { cause, endpoints } => {
                Discovery::Failed { service, cause, endpoints: *endpoints }
            }
            Self::Recovered => Discovery::Recovered { service },
            Self::Held { gone, kept_for } => {
                Discovery::Held { service, gone: *gone, kept_for: *kept_for }
            }
            Self::Removed { gone } => Discovery::Removed { service, gone: *gone },
        }
    }
}
