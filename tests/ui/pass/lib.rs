//! Shapes that must compile, and be silent under every lint that a user may deny.
//!
//! `cargo check` holds them to the compiler's lints, `cargo clippy` to its own.

#![deny(warnings, missing_docs, rust_2018_idioms, unused)]
#![deny(unreachable_pub, unused_qualifications)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]

pub mod accepted;
pub mod balanced;
pub mod bare;
pub mod fakes;
pub mod generic;
pub mod names;
pub mod places;
pub mod published;
pub mod survive;
