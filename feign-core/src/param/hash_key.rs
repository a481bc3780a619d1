//! What a call may be hashed by.

use serde::Serialize;

use super::{Param, Serialized, Text};
use crate::codec::tree::{self, Node};

/// An argument marked `#[hash_key]`: one value, or none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a hash key",
    label = "not one text, or none",
    note = "help: derive `feign::Param` for it (a newtype or an enum of unit variants), or mark it \
            `#[hash_key(display)]`, `#[hash_key(serde)]` or `#[hash_key(with = path::to_text)]`"
)]
pub trait HashKeyParam {
    /// Writes the text; returns whether there is one.
    fn hash_key(&self, out: &mut Text<'_>) -> bool;
}

#[diagnostic::do_not_recommend]
impl<T: Param + ?Sized> HashKeyParam for T {
    fn hash_key(&self, out: &mut Text<'_>) -> bool {
        self.text(out);
        true
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param> HashKeyParam for Option<T> {
    fn hash_key(&self, out: &mut Text<'_>) -> bool {
        self.as_ref().is_some_and(|value| value.hash_key(out))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> HashKeyParam for Serialized<'_, T> {
    fn hash_key(&self, out: &mut Text<'_>) -> bool {
        match tree::of(self.0) {
            Ok(Node::Absent) => return false,
            Ok(Node::Text(text)) => out.push_str(&text),
            Ok(_) => out.refuse("its `Serialize` shows more than one value"),
            Err(_) => out.refuse("its `Serialize` failed"),
        }
        true
    }
}
