//! From attributes to what is written in them; a rule that needs two of them is not judged here.

pub(crate) mod argument;
mod balance;
mod client;
mod codec;
mod compress;
pub(crate) mod entry;
pub(crate) mod foreign;
mod hash_key;
mod headers;
mod idempotent;
mod log;
mod method;
mod misses;
mod route;
mod sensitive;
mod statuses;
mod tags;
mod timeout;

use syn::Path;

pub(crate) use argument::{BodyForm, Mark, MarkKind, NAMES as ARGUMENT};
pub(crate) use balance::Balance;
pub(crate) use client::{ClientArgs, crate_path, rename_rule};
pub(crate) use compress::Compress;
pub(crate) use foreign::{Passing, Place, place, place_of};
pub(crate) use hash_key::HashKey;
pub(crate) use headers::{StaticHeader, header_name};
pub(crate) use idempotent::Idempotent;
pub(crate) use log::Log;
pub(crate) use method::{MethodAttributes, Settings, TraitAttributes};
pub(crate) use misses::argument as foreign_argument;
pub(crate) use route::{Route, RoutePath, VERBS, Verb};
pub(crate) use sensitive::Sensitive;
pub(crate) use statuses::NoneWhen;
pub(crate) use timeout::Timeouts;

/// Attributes of a method that are ours.
pub(crate) const METHOD: [&str; 17] = [
    "get",
    "post",
    "put",
    "delete",
    "patch",
    "head",
    "options",
    "request",
    "timeout",
    "headers",
    "idempotent",
    "accept",
    "none",
    "tags",
    "codec",
    "compress",
    "log",
];

/// Those that may also stand on the trait, for all of its methods.
pub(crate) const TRAIT: [&str; 6] = ["timeout", "headers", "tags", "accept", "none", "compress"];

/// How the text of an argument is made.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TextForm {
    Display,
    Serde,
    With(Path),
}

impl TextForm {
    pub(crate) fn of_path(path: &Path) -> Option<Self> {
        if path.is_ident("display") {
            Some(Self::Display)
        } else if path.is_ident("serde") {
            Some(Self::Serde)
        } else {
            None
        }
    }
}

/// `token` of RFC 9110 §5.6.2
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
