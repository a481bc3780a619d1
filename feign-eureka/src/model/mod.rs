//! What the registry answers: applications and their instances, of which only what is needed is kept.
//!
//! Reading is lenient where servers differ (research: XStream, Jackson and Spring write the same
//! registry in three ways) and strict about what would empty a registry: a document without its root
//! is an error.

mod applications;
mod body;
mod gzip;
mod instance;
mod loose;
mod metadata;
mod status;

pub use applications::{Application, Applications};
pub(crate) use instance::Listed;
pub use instance::{Instance, Port};
pub(crate) use status::Action;
pub use status::Status;
