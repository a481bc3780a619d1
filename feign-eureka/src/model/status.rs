//! What is said of an instance: its status, and what happened to it.

use std::fmt;

/// Whether an instance may be called.
///
/// ```
/// use feign::eureka::Status;
///
/// assert_eq!(Status::of("OUT_OF_SERVICE"), Status::OutOfService);
/// assert_eq!(Status::of("up"), Status::Unknown);
/// ```
// In the order of their names: the registry's hash counts them so.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, feign_macros::Param,
)]
#[param(crate = ::feign_core, rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// It cannot serve.
    Down,
    /// It was taken out, by itself or by an operator, and serves what it has begun.
    OutOfService,
    /// It is not ready yet.
    Starting,
    /// Nobody knows; also any status that is not one of these.
    #[default]
    Unknown,
    /// It serves.
    Up,
}

impl Status {
    pub(crate) const ALL: [Self; 5] =
        [Self::Down, Self::OutOfService, Self::Starting, Self::Unknown, Self::Up];

    /// Returns the status of that name, written as the registry writes it.
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self::ALL.into_iter().find(|status| status.as_str() == name).unwrap_or_default()
    }

    /// Returns the name as the registry writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Down => "DOWN",
            Self::OutOfService => "OUT_OF_SERVICE",
            Self::Starting => "STARTING",
            Self::Unknown => "UNKNOWN",
            Self::Up => "UP",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a delta says that happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Action {
    /// Added or modified: which of the two does not matter.
    #[default]
    Put,
    Deleted,
}
