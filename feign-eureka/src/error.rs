//! What goes wrong on our side of the wire.

use std::fmt;
use std::sync::Arc;

use feign_core::Error;

/// Why an instance cannot be registered: what is wrong with the registration, or what a server says
/// against it.
#[derive(Clone, Debug)]
pub struct Refused(pub(crate) Arc<str>);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

/// Something was said of the registry that cannot be.
pub(crate) fn setup(what: impl Into<String>) -> Error {
    Error::build(format!("Eureka: {}", what.into()))
}
