//! `multipart/form-data` (RFC 7578): what a part is, which arguments are parts, and how they are written.

mod param;
mod part;
mod writer;

#[cfg(feature = "json")]
pub(crate) use param::push_json;
pub use param::{IntoParts, PartText, Parts};
pub use part::Part;
pub(crate) use writer::{Multipart, NO_NAME, is_name};
