//! From value to body and from body to value.

mod decode;
mod encode;
pub(crate) mod form;
#[cfg(feature = "json")]
mod json;
#[cfg(feature = "json")]
pub(crate) mod json_path;
#[cfg(feature = "msgpack")]
mod msgpack;
pub(crate) mod multipart;
pub(crate) mod pluggable;
mod raw;
pub(crate) mod tree;
#[cfg(feature = "xml")]
mod xml;

pub use decode::{Answer, Decoded, FromBody};
pub(crate) use decode::{Aside, Content, Shape};
pub use encode::{Encoded, IntoBody};
#[cfg(feature = "json")]
pub use json::{Json, JsonCodec};
#[cfg(feature = "msgpack")]
pub use msgpack::MsgPack;
pub use multipart::{IntoParts, Part, PartText, Parts};
pub use pluggable::{Codec, Readable, Undecoded, Writable};
#[cfg(feature = "xml")]
pub use xml::Xml;
