//! Reads the registry in rounds, by one task for all services that are followed.

mod endpoint;
mod failure;
mod pause;
mod round;
mod runner;
mod stream;

pub(crate) use self::round::Fetcher;
pub(crate) use self::runner::{Round, Runner};
pub(crate) use self::stream::watch;
