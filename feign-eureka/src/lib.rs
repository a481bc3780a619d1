//! Eureka for [feign](https://docs.rs/feign): finds services in the registry, and registers one's own.
//!
//! [`Eureka`] is a source of endpoints for a hub; [`Eureka::register`] keeps a service registered.
//! Users name all this as `feign::eureka`.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr))]

pub mod api;
mod builder;
mod error;
mod eureka;
mod fetch;
mod lease;
mod model;
mod registration;
mod registry;
mod servers;
#[cfg(feature = "testing")]
pub mod testing;

pub use builder::EurekaBuilder;
pub use error::Refused;
pub use eureka::Eureka;
pub use lease::Lease;
pub use model::{Application, Applications, Instance, Port, Status};
pub use registration::Registration;
