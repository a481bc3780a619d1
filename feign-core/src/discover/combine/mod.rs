//! Sources made of other sources.

mod chain;
mod filter;
mod map;
mod sides;
mod union;

pub use chain::{Chain, chain};
pub use filter::{Filter, filter};
pub use map::{Map, map};
use sides::{Side, Sides};
pub use union::{Union, union};

use super::Discover;

/// The names of two sources, each once.
fn names(first: &dyn Discover, second: &dyn Discover) -> Vec<String> {
    let mut names = first.names();
    names.extend(second.names());
    names.sort();
    names.dedup();
    names
}
