//! Attributes that are not ours and cannot pass: near misses of ours, and those that break ours.

use syn::{Attribute, Lit, LitStr, Meta, Path};

use super::entry::{self, Entry};
use super::foreign::{LINTS, Passing, Place, conditional, place, place_of};
use super::{ARGUMENT, METHOD, TRAIT};
use crate::errors::Errors;
use crate::spell;
use crate::syntax;

/// Words of other libraries that mean one of ours.
const WORDS: [(&str, &str); 23] = [
    ("param", "path"),
    ("path_param", "path"),
    ("path_variable", "path"),
    ("query_param", "query"),
    ("query_map", "query(flatten)"),
    ("query_name", "query"),
    ("request_param", "query"),
    ("header_param", "header"),
    ("header_map", "headers"),
    ("cookie_param", "cookie"),
    ("json", "body(json)"),
    ("request_body", "body"),
    ("field", "form"),
    ("field_map", "form(flatten)"),
    ("form_param", "form"),
    ("part_map", "part"),
    ("hash", "hash_key"),
    ("key", "hash_key"),
    ("multipart", "part"),
    ("secret", "sensitive"),
    ("redact", "sensitive"),
    ("redacted", "sensitive"),
    ("hidden", "sensitive"),
];

/// The same, for words that stand on a method elsewhere.
const ENCODINGS: [(&str, &str, &str); 3] = [
    ("multipart", "part", "a part"),
    ("form_url_encoded", "form", "a field"),
    ("form_urlencoded", "form", "a field"),
];

/// Sorts an attribute of a method; `false` if it was refused.
pub(crate) fn method<'a>(
    attribute: &'a Attribute,
    passing: &mut Passing<'a>,
    errors: &mut Errors,
) -> bool {
    if refuse_hidden(attribute, "methods", errors) || refuse_qualified(attribute, &METHOD, errors) {
        return false;
    }
    let Some(name) = attribute.path().get_ident() else {
        passing.push(attribute);
        return true;
    };
    let known = name.to_string();
    if let Some(message) = method_mistake(attribute, &known) {
        errors.add(attribute.path(), message);
        return false;
    }
    passing.push(attribute);
    true
}

fn method_mistake(attribute: &Attribute, name: &str) -> Option<String> {
    if name == "header" {
        return Some("`#[header]` marks an argument; write `#[headers(\"name: value\")]` for a header of the method".to_owned());
    }
    if name == "balance" {
        return Some("a policy holds for all methods; write `#[feign::client(balance = ..)]`, or say it for some calls by `with`".to_owned());
    }
    if ARGUMENT.contains(&name) {
        return Some(format!(
            "`#[{name}]` marks an argument; write it before the argument, `#[{name}] value: ..`"
        ));
    }
    if name == "client" {
        return Some(
            "`#[client]` stands on the trait; write a verb here, `#[get(\"/path\")]`".to_owned(),
        );
    }
    if let Some((_, mark, what)) = ENCODINGS.iter().find(|(word, ..)| *word == name) {
        return Some(format!(
            "`#[{name}]` says nothing that the arguments do not say; take it away, and mark each argument that is {what} `#[{mark}]`"
        ));
    }
    if is_known(name) {
        return None;
    }
    if let Some(meant) = spell::nearest(name, METHOD) {
        return Some(format!("`#[{name}]` is not known; did you mean `#[{meant}]`?"));
    }
    let path = first_string(attribute).filter(|path| path.value().starts_with('/'))?;
    let (verb, path) = (name.to_uppercase(), path.value());
    Some(format!(
        "`#[{name}]` is not a verb that has an attribute; write `#[request(\"{verb}\", \"{path}\")]`"
    ))
}

fn is_known(name: &str) -> bool {
    matches!(place_of(&[name.to_owned()]), Place::Everywhere | Place::Declaration | Place::Client)
        || name == "cfg_attr"
}

fn first_string(attribute: &Attribute) -> Option<LitStr> {
    let Meta::List(list) = &attribute.meta else { return None };
    match entry::parse(list.tokens.clone()).into_iter().next() {
        Some(Entry::Literal(Lit::Str(text))) => Some(text),
        _ => None,
    }
}

/// Sorts an attribute of the trait.
pub(crate) fn of_trait<'a>(
    attribute: &'a Attribute,
    passing: &mut Passing<'a>,
    errors: &mut Errors,
) {
    if refuse_hidden(attribute, "traits", errors) || refuse_qualified(attribute, &TRAIT, errors) {
        return;
    }
    let last = attribute
        .path()
        .segments
        .last()
        .map(|segment| segment.ident.to_string())
        .unwrap_or_default();
    if last == "async_trait" {
        errors.add(attribute.path(), "`#[async_trait]` cannot stand on a client trait, whose futures are `Send` without it; take it away, and write `#[client(dyn)]` where the trait must be an object");
        return;
    }
    let ours = is_of_feign(attribute.path()) && last == "client";
    if (ours || attribute.path().get_ident().is_some())
        && let Some(message) = trait_mistake(&last)
    {
        errors.add(attribute.path(), message);
        return;
    }
    match place(attribute) {
        Place::Everywhere => passing.everywhere.push(attribute),
        _ => passing.declaration.push(attribute),
    }
}

fn trait_mistake(name: &str) -> Option<String> {
    if name == "header" {
        return Some("`#[header]` marks an argument; write `#[headers(\"name: value\")]` for a header of all methods".to_owned());
    }
    if name == "client" {
        return Some("`#[client]` stands here twice; write its options into one".to_owned());
    }
    if name == "log" {
        return Some(
            "the level of all methods is an option of `client`; write `#[feign::client(log = ..)]`"
                .to_owned(),
        );
    }
    if name == "codec" {
        return Some("the codec of all methods is an option of `client`; write `#[feign::client(codec = ..)]`".to_owned());
    }
    if name == "balance" {
        return Some(
            "the policy is an option of `client`; write `#[feign::client(balance = ..)]`"
                .to_owned(),
        );
    }
    if METHOD.contains(&name) || ARGUMENT.contains(&name) {
        return Some(format!("`#[{name}]` says nothing about a whole trait; write it on a method"));
    }
    if is_known(name) {
        return None;
    }
    spell::nearest(name, TRAIT)
        .map(|meant| format!("`#[{name}]` is not known; did you mean `#[{meant}]`?"))
}

/// Says whether an attribute of an argument passes through; all others are refused.
pub(crate) fn argument(attribute: &Attribute, errors: &mut Errors) -> bool {
    if refuse_qualified(attribute, &ARGUMENT, errors) {
        return false;
    }
    let Some(name) = attribute.path().get_ident() else { return true };
    let known = name.to_string();
    let message = match known.as_str() {
        _ if LINTS.contains(&known.as_str()) => return true,
        "cfg" | "cfg_attr" => format!("`{known}` hides this from the macro; write two methods with `#[cfg]`"),
        "doc" => "an argument has no documentation of its own; write it into the documentation of the method".to_owned(),
        _ => argument_mistake(&known),
    };
    errors.add(attribute.path(), message);
    false
}

fn argument_mistake(name: &str) -> String {
    if let Some((_, meant)) = WORDS.iter().find(|(word, _)| *word == name) {
        return format!("`#[{name}]` is not a mark of an argument; did you mean `#[{meant}]`?");
    }
    if let Some(meant) = spell::nearest(name, ARGUMENT) {
        return format!("`#[{name}]` is not known; did you mean `#[{meant}]`?");
    }
    if METHOD.contains(&name) {
        return format!("`#[{name}]` speaks of a whole method; write it above the method");
    }
    let marks: Vec<_> = ARGUMENT.iter().map(|mark| format!("#[{mark}]")).collect();
    format!(
        "`#[{name}]` is not a mark of an argument; write one of {}",
        spell::list(marks.iter().map(String::as_str), "or")
    )
}

/// An attribute macro sees `cfg_attr` before it is decided.
fn refuse_hidden(attribute: &Attribute, of: &str, errors: &mut Errors) -> bool {
    let Meta::List(list) = &attribute.meta else { return false };
    if !attribute.path().is_ident("cfg_attr") {
        return false;
    }
    let hidden = conditional(list.tokens.clone());
    if hidden.iter().any(|name| METHOD.iter().any(|ours| name == ours)) {
        errors.add(
            attribute,
            format!("`cfg_attr` hides this from the macro; write two {of} with `#[cfg]`"),
        );
        return true;
    }
    if let Some(name) = hidden.iter().find(|name| *name == "async_trait") {
        errors.add(name, "`#[async_trait]` cannot stand on a client trait, whose futures are `Send` without it; take it away, and write `#[client(dyn)]` where the trait must be an object");
        return true;
    }
    false
}

/// `#[feign::get(..)]`: ours are read by name, not found by path.
fn refuse_qualified(attribute: &Attribute, names: &[&str], errors: &mut Errors) -> bool {
    let path = attribute.path();
    let Some(last) = path.segments.last() else { return false };
    if !is_of_feign(path) || !names.iter().any(|name| last.ident == name) {
        return false;
    }
    let name = syntax::plain(&last.ident);
    errors.add(
        path,
        format!("`{name}` is read by `#[client]` and is no item of `feign`; write `#[{name}]`"),
    );
    true
}

/// `feign::x`
fn is_of_feign(path: &Path) -> bool {
    path.segments.len() == 2 && path.segments.first().is_some_and(|first| first.ident == "feign")
}
