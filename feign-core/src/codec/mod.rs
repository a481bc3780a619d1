//! From value to body and from body to value.

mod decode;
mod encode;
#[cfg(feature = "json")]
mod json;
#[cfg(feature = "json")]
pub(crate) mod json_path;
mod raw;
pub(crate) mod tree;

pub use decode::{Answer, Decoded, FromBody};
pub(crate) use decode::{Content, Shape};
pub use encode::{Encoded, IntoBody};
#[cfg(feature = "json")]
pub use json::Json;
