//! Where attributes that are not ours stand in the output.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Ident, Meta};

/// Attributes of others, by where they stand in the output.
#[derive(Default)]
pub(crate) struct Passing<'a> {
    /// `cfg`
    pub(crate) everywhere: Vec<&'a Attribute>,
    pub(crate) declaration: Vec<&'a Attribute>,
    pub(crate) client: Vec<&'a Attribute>,
    /// Something like `#[instrument]` wants to see an `async fn`.
    pub(crate) wants_async: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Everywhere,
    Declaration,
    Client,
    /// As `Client`, on an `async fn`.
    AsyncClient,
}

pub(crate) const LINTS: [&str; 5] = ["allow", "warn", "deny", "forbid", "expect"];
/// What the language knows and a plain function may bear.
const PLAIN: [&str; 6] = ["inline", "cold", "track_caller", "no_mangle", "coverage", "optimize"];
/// Says where an attribute that is not ours goes.
pub(crate) fn place(attribute: &Attribute) -> Place {
    match &attribute.meta {
        Meta::List(list) if attribute.path().is_ident("cfg_attr") => {
            conditional(list.tokens.clone())
                .first()
                .map_or(Place::Client, |name| place_of(&[name.to_string()]))
        }
        meta => {
            let names: Vec<_> =
                meta.path().segments.iter().map(|segment| segment.ident.to_string()).collect();
            place_of(&names)
        }
    }
}

pub(crate) fn place_of(names: &[String]) -> Place {
    let first = names.first().map(String::as_str).unwrap_or_default();
    match first {
        "cfg" => Place::Everywhere,
        "doc" | "deprecated" | "must_use" => Place::Declaration,
        "mockall" | "clippy" | "rustfmt" | "diagnostic" => Place::Declaration,
        _ if LINTS.contains(&first) => Place::Declaration,
        _ if PLAIN.contains(&first) => Place::Client,
        _ => Place::AsyncClient,
    }
}

/// Returns the names of the attributes that a `cfg_attr` would add.
pub(super) fn conditional(tokens: TokenStream) -> Vec<Ident> {
    let mut names = Vec::new();
    let mut begins = false;
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => begins = true,
            TokenTree::Ident(ident) if begins => {
                names.push(ident);
                begins = false;
            }
            _ => begins = false,
        }
    }
    names
}

impl<'a> Passing<'a> {
    pub(crate) fn push(&mut self, attribute: &'a Attribute) {
        match place(attribute) {
            Place::Everywhere => self.everywhere.push(attribute),
            Place::Declaration => self.declaration.push(attribute),
            Place::Client => self.client.push(attribute),
            Place::AsyncClient => {
                self.client.push(attribute);
                self.wants_async = true;
            }
        }
    }
}
