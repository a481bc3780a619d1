//! Results and bodies that come item by item: lines, items of an array, events.
//!
//! A body is cut into pieces ([`cut`], [`pieces`]), and each piece becomes an item. What is generic
//! over the user's type is thin; everything else is compiled once.

#[cfg(feature = "json")]
mod array;
mod cut;
mod events;
mod given;
#[cfg(feature = "json")]
mod items;
#[cfg(feature = "json")]
mod ndjson;
mod pieces;
mod surface;

pub use events::{Event, EventData, Events};
pub(crate) use given::Mapped;
#[cfg(feature = "json")]
pub use {array::JsonArray, ndjson::Ndjson};
