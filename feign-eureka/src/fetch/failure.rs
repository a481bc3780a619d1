//! Why a round did not make the registry agree with the servers'.

use std::fmt;

use feign_core::{Error, StatusCode};

/// Why what is known is stale.
#[derive(Debug)]
pub(super) enum Failure {
    /// No server answered well; this is what the last one did.
    Error(Error),
    /// A server lists nothing, and did before.
    Empty { kept: usize },
}

impl Failure {
    /// Whether a server may have too much to do.
    pub(super) fn is_strained(&self) -> bool {
        let Self::Error(error) = self else { return false };
        error.is_timeout()
            || error.status().is_some_and(|status| {
                status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
            })
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// With the causes: the text is all that is kept.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = match self {
            Self::Empty { kept } => {
                return write!(
                    f,
                    "the server lists nothing, as after a restart; {kept} instances that it listed are kept"
                );
            }
            Self::Error(error) => error,
        };
        write!(f, "{error}")?;
        let mut cause = std::error::Error::source(error);
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}
