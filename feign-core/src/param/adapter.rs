//! Arguments that say at their place how they are written: `display` and `serde`.

use std::fmt::Display;

use serde::Serialize;

use super::{HeaderParam, Param, PathParam, QueryParam, Text, Values};
use crate::codec::tree::{self, Node};
use crate::secret;

/// An argument marked `display`.
#[derive(Debug)]
pub struct Displayed<'a, T: ?Sized>(&'a T);

/// Wraps an argument marked `display`.
#[must_use]
pub const fn displayed<T: ?Sized>(value: &T) -> Displayed<'_, T> {
    Displayed(value)
}

impl<T: Display + ?Sized> Param for Displayed<'_, T> {
    fn text(&self, out: &mut Text<'_>) {
        out.push_display(self.0);
    }
}

impl<'a, T> Displayed<'a, Option<T>> {
    /// `None` stays absent.
    #[must_use]
    pub fn __feign_each(&self) -> Option<Displayed<'a, T>> {
        self.0.as_ref().map(Displayed)
    }
}

impl<'a, T> Displayed<'a, Vec<T>> {
    /// A list stays a list.
    #[must_use]
    pub fn __feign_each(&self) -> Vec<Displayed<'a, T>> {
        self.0.iter().map(Displayed).collect()
    }
}

impl<'a, T> Displayed<'a, [T]> {
    /// A list stays a list.
    #[must_use]
    pub fn __feign_each(&self) -> Vec<Displayed<'a, T>> {
        self.0.iter().map(Displayed).collect()
    }
}

/// The step for everything that is no list and no `Option`: an inherent method wins over it.
pub trait Each<'a, T: ?Sized> {
    /// The value itself.
    fn __feign_each(&self) -> Displayed<'a, T>;
}

impl<'a, T: ?Sized> Each<'a, T> for Displayed<'a, T> {
    fn __feign_each(&self) -> Self {
        Self(self.0)
    }
}

/// An argument marked `serde`: what its `Serialize` shows decides whether it is absent, one value,
/// a list or a map.
#[derive(Debug)]
pub struct Serialized<'a, T: ?Sized>(pub &'a T);

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> PathParam for Serialized<'_, T> {
    fn path(&self, out: &mut Text<'_>) {
        let (tree, has_secret) = secret::seen(|| tree::of(self.0));
        if has_secret {
            out.hide();
        }
        match tree {
            Ok(Node::Text(text)) => out.push_str(&text),
            Ok(_) => out.refuse("its `Serialize` does not show one value that is always there"),
            Err(_) => out.refuse("its `Serialize` failed"),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> QueryParam for Serialized<'_, T> {
    fn query(&self, out: &mut Values<'_>) {
        show(self.0, out);
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> HeaderParam for Serialized<'_, T> {
    fn header(&self, out: &mut Values<'_>) {
        show(self.0, out);
    }
}

fn show<T: Serialize + ?Sized>(value: &T, out: &mut Values<'_>) {
    let (tree, has_secret) = secret::seen(|| tree::of(value));
    out.hide(has_secret);
    match tree {
        Ok(Node::Absent) => {}
        Ok(Node::Text(text)) => out.one(&text),
        Ok(Node::List(items)) => {
            for item in items {
                match item {
                    Node::Text(text) => out.item(&text),
                    Node::Absent => {}
                    Node::List(_) | Node::Map(_) => out.refuse("a list within a list has no text"),
                }
            }
        }
        Ok(Node::Map(entries)) => {
            for (key, value) in entries {
                match value {
                    Node::Text(text) => out.entry(&key, &text),
                    Node::Absent => {}
                    Node::List(_) | Node::Map(_) => {
                        out.refuse("a nested value has no text; mark it `#[query(flatten)]`");
                    }
                }
            }
        }
        Err(error) => out.refuse(&error.to_string()),
    }
}
