//! Arguments with their marks, before it is decided where they go.

use syn::{Attribute, FnArg, Ident, Pat, PatType, Signature};

use crate::attrs::{self, ARGUMENT, HashKey, Mark, MarkKind, Sensitive};
use crate::errors::Errors;
use crate::syntax;

pub(crate) struct Parsed<'a> {
    pub(crate) original: &'a PatType,
    pub(crate) ident: &'a Ident,
    pub(crate) name: String,
    /// What it is marked as, also by a mark with a mistake in it.
    pub(crate) kinds: Vec<MarkKind>,
    pub(crate) mark: Option<Mark<'a>>,
    pub(crate) key: Option<HashKey<'a>>,
    /// Whether it is shown to nobody.
    pub(crate) sensitive: bool,
    /// A mistake in its marks is recorded: nothing more is said about it.
    pub(crate) bad: bool,
}

/// Reads the arguments of a method; one whose name is a pattern is refused and left out.
pub(crate) fn parse<'a>(signature: &'a Signature, errors: &mut Errors) -> Vec<Parsed<'a>> {
    let mut parsed: Vec<Parsed<'a>> = Vec::new();
    for input in &signature.inputs {
        let FnArg::Typed(typed) = input else { continue };
        let Some(ident) = name(&typed.pat, errors) else { continue };
        if parsed.iter().any(|other| other.ident == ident) {
            errors.add(
                ident,
                format!("there are two arguments `{ident}`; write another name for one of them"),
            );
            continue;
        }
        let before = errors.len();
        let key = key(&typed.attrs, ident, errors);
        let sensitive = sensitive(&typed.attrs, ident, errors);
        let mark = mark(&typed.attrs, ident, errors);
        let bad = errors.len() > before;
        let kinds = typed.attrs.iter().filter_map(MarkKind::of).collect();
        let name = syntax::plain(ident);
        parsed.push(Parsed { original: typed, ident, name, kinds, mark, key, sensitive, bad });
    }
    parsed
}

fn name<'a>(pattern: &'a Pat, errors: &mut Errors) -> Option<&'a Ident> {
    match pattern {
        Pat::Ident(plain)
            if plain.by_ref.is_none() && plain.mutability.is_none() && plain.subpat.is_none() =>
        {
            Some(&plain.ident)
        }
        Pat::Ident(other) => {
            let ident = &other.ident;
            errors.add(
                pattern,
                format!(
                    "an argument of an operation has a name and no pattern; write `{ident}: ..`"
                ),
            );
            None
        }
        other => {
            errors.add(other, "an argument of an operation has a name, by which it is sent, and no pattern; write `name: ..`");
            None
        }
    }
}

/// Reads what may stand beside the mark.
fn key<'a>(attributes: &'a [Attribute], ident: &Ident, errors: &mut Errors) -> Option<HashKey<'a>> {
    let mut keys = attributes.iter().filter(|attribute| HashKey::is(attribute));
    let key = keys.next().map(|attribute| HashKey::read(attribute, errors));
    for more in keys {
        errors.add(more, format!("`{ident}` is marked `#[hash_key]` already; write it once"));
    }
    key
}

fn sensitive(attributes: &[Attribute], ident: &Ident, errors: &mut Errors) -> bool {
    let mut said = false;
    for attribute in attributes.iter().filter(|attribute| Sensitive::is(attribute)) {
        Sensitive::read(attribute, errors);
        if said {
            errors.add(
                attribute,
                format!("`{ident}` is marked `#[sensitive]` already; write it once"),
            );
        }
        said = true;
    }
    said
}

/// Reads the one mark that an argument may have.
fn mark<'a>(attributes: &'a [Attribute], ident: &Ident, errors: &mut Errors) -> Option<Mark<'a>> {
    let mut mark: Option<Mark<'a>> = None;
    let beside = |attribute: &&Attribute| !HashKey::is(attribute) && !Sensitive::is(attribute);
    for attribute in attributes.iter().filter(beside) {
        let Some(name) = attribute.path().get_ident().filter(|_| is_mark(attribute)) else {
            attrs::foreign_argument(attribute, errors);
            continue;
        };
        let next = Mark::read(attribute, name, errors);
        match (&mark, next) {
            (Some(first), Some(_)) => {
                let first = first.word();
                errors.add(attribute, format!("`{ident}` is marked `#[{first}]` already, and an argument goes to one place; write one mark"));
            }
            (None, next) => mark = next,
            (Some(_), None) => {}
        }
    }
    mark
}

pub(crate) fn is_mark(attribute: &Attribute) -> bool {
    attribute.path().get_ident().is_some_and(|ident| ARGUMENT.iter().any(|name| ident == name))
}
