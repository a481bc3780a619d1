//! Where calls go: endpoints of a target.

mod endpoint;
mod fixed;

use std::sync::Arc;

pub use endpoint::Endpoint;
#[cfg(feature = "reqwest")]
pub(crate) use endpoint::Origin;
pub(crate) use endpoint::origin_of;
pub(crate) use fixed::Fixed;

use crate::error::Error;

/// What a client's calls go to.
#[derive(Debug)]
pub(crate) struct Target {
    /// The service's name, or the URL that was given.
    pub(crate) name: Arc<str>,
    pub(crate) source: Source,
}

#[derive(Debug)]
pub(crate) enum Source {
    Fixed(Arc<Fixed>),
    /// Nothing resolves the name; those that something does are listed in the error.
    Unknown {
        known: Vec<Arc<str>>,
    },
}

impl Target {
    pub(crate) fn pick(&self) -> Result<&Endpoint, Error> {
        match &self.source {
            Source::Fixed(fixed) => Ok(fixed.next()),
            Source::Unknown { known } => Err(Error::unknown_service(&self.name, known)),
        }
    }

    pub(crate) fn endpoints(&self) -> &[Endpoint] {
        match &self.source {
            Source::Fixed(fixed) => fixed.endpoints(),
            Source::Unknown { .. } => &[],
        }
    }
}
