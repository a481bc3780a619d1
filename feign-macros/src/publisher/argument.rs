//! The marks of an argument: `#[key]`, `#[body(each)]`, `#[header("x-tenant")]`, ..

use syn::{Attribute, FnArg, Ident, Lit, LitStr, Pat, PatType, Path, Signature, Type};

use super::attrs::header_mistake;
use crate::attrs::TextForm;
use crate::attrs::argument::function;
use crate::attrs::entry::{Entry, entries, keep};
use crate::attrs::foreign::LINTS;
use crate::errors::Errors;
use crate::{spell, syntax};

/// What an argument is marked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Topic,
    Key,
    PartitionKey,
    Partition,
    Timestamp,
    Header,
    Headers,
    Body,
}

/// Each mark: its word, and whether it takes a name and whether a form of text.
const MARKS: [(&str, Role, bool, bool); 8] = [
    ("topic", Role::Topic, true, true),
    ("key", Role::Key, false, true),
    ("partition_key", Role::PartitionKey, false, true),
    ("partition", Role::Partition, false, false),
    ("timestamp", Role::Timestamp, false, false),
    ("header", Role::Header, true, true),
    ("headers", Role::Headers, false, false),
    ("body", Role::Body, false, false),
];

/// Marks that no method bears.
pub(crate) const NAMES: [&str; 6] =
    ["key", "partition_key", "partition", "timestamp", "header", "body"];

/// Words of other libraries that mean one of ours.
const WORDS: [(&str, &str); 8] = [
    ("payload", "body"),
    ("message", "body"),
    ("message_body", "body"),
    ("value", "body"),
    ("message_key", "key"),
    ("kafka_key", "key"),
    ("message_header", "header"),
    ("header_map", "headers"),
];

/// An argument of an event.
pub(crate) struct Argument<'a> {
    pub(crate) original: &'a PatType,
    pub(crate) ident: &'a Ident,
    pub(crate) name: String,
    /// `None` without a mark, until the topic is asked.
    pub(crate) role: Option<Role>,
    pub(crate) attribute: Option<&'a Attribute>,
    /// The placeholder or the header.
    pub(crate) sent: Option<LitStr>,
    pub(crate) form: Option<TextForm>,
    /// One event for each item.
    pub(crate) each: Option<Ident>,
    pub(crate) json: Option<Ident>,
    /// What makes the key of an item.
    pub(crate) key: Option<Path>,
    /// A mistake is recorded.
    pub(crate) bad: bool,
}

pub(crate) fn is_mark(attribute: &Attribute) -> bool {
    attribute.path().get_ident().is_some_and(|ident| MARKS.iter().any(|(word, ..)| ident == word))
}

/// Reads the arguments of a method.
pub(crate) fn parse<'a>(signature: &'a Signature, errors: &mut Errors) -> Vec<Argument<'a>> {
    let mut arguments: Vec<Argument<'a>> = Vec::new();
    for input in &signature.inputs {
        let FnArg::Typed(typed) = input else { continue };
        let Pat::Ident(plain) = &*typed.pat else {
            errors.add(
                &typed.pat,
                "an argument of an event has a name and no pattern; write `name: ..`",
            );
            continue;
        };
        let ident = &plain.ident;
        if plain.by_ref.is_some() || plain.mutability.is_some() || plain.subpat.is_some() {
            errors.add(
                plain,
                format!("an argument of an event has a name and no pattern; write `{ident}: ..`"),
            );
            continue;
        }
        if arguments.iter().any(|other| other.ident == ident) {
            errors.add(
                ident,
                format!("there are two arguments `{ident}`; write another name for one of them"),
            );
            continue;
        }
        let before = errors.len();
        let mut argument = Argument {
            original: typed,
            ident,
            name: syntax::plain(ident),
            role: None,
            attribute: None,
            sent: None,
            form: None,
            each: None,
            json: None,
            key: None,
            bad: false,
        };
        for attribute in &typed.attrs {
            argument.read(attribute, errors);
        }
        argument.bad = errors.len() > before;
        arguments.push(argument);
    }
    arguments
}

impl<'a> Argument<'a> {
    /// What stands behind a written `&`.
    pub(crate) fn value_type(&self) -> &Type {
        syntax::reference(&self.original.ty)
            .map_or_else(|| syntax::peel(&self.original.ty), |reference| &reference.elem)
    }

    pub(crate) fn is_reference(&self) -> bool {
        syntax::reference(&self.original.ty).is_some()
    }

    /// The name of its header: the one that is said, else the argument's.
    pub(crate) fn header(&self) -> String {
        self.sent.as_ref().map_or_else(|| self.name.replace('_', "-"), LitStr::value)
    }

    fn read(&mut self, attribute: &'a Attribute, errors: &mut Errors) {
        let Some(name) = attribute.path().get_ident() else { return };
        let Some((word, role, named, text)) = MARKS.iter().find(|(word, ..)| name == word).copied()
        else {
            return foreign(attribute, name, errors);
        };
        if let Some(first) = self.role.and_then(|role| MARKS.iter().find(|row| row.1 == role)) {
            errors.add(attribute, format!("`{}` is marked `#[{}]` already, and an argument goes to one place; write one mark", self.name, first.0));
            return;
        }
        (self.role, self.attribute) = (Some(role), Some(attribute));
        for entry in entries(attribute, &format!("#[{word}]"), errors) {
            self.take(&entry, (word, role), named, text, errors);
        }
        if let (Some(sent), Role::Header) = (&self.sent, role)
            && let Some(mistake) = header_mistake(&sent.value())
        {
            errors.add(sent, mistake);
        }
    }

    fn take(
        &mut self,
        entry: &Entry,
        (word, role): (&str, Role),
        named: bool,
        text: bool,
        errors: &mut Errors,
    ) {
        let written = "how it is written";
        match entry {
            Entry::Literal(Lit::Str(name)) if named => keep(&mut self.sent, name.clone(), name, "the name", errors),
            Entry::Word(key) if text && key == "display" => keep(&mut self.form, TextForm::Display, key, written, errors),
            Entry::Word(key) if text && key == "serde" => keep(&mut self.form, TextForm::Serde, key, written, errors),
            Entry::Pair { key, value } if text && key == "with" => match function(value) {
                Some(path) => keep(&mut self.form, TextForm::With(path), key, written, errors),
                None => errors.add(value, "`with` names a function from the value's reference to its text; write `with = path::to_text`"),
            },
            Entry::Word(key) if role == Role::Body && key == "each" => keep(&mut self.each, key.clone(), key, "`each`", errors),
            Entry::Word(key) if role == Role::Body && key == "json" => keep(&mut self.json, key.clone(), key, "`json`", errors),
            Entry::Pair { key, value } if role == Role::Body && key == "key" => match function(value) {
                Some(path) => keep(&mut self.key, path, key, "`key`", errors),
                None => errors.add(value, "`key` names a function from an item's reference to its key; write `key = OrderCreated::id`"),
            },
            other => refuse(other, word, role, named, text, errors),
        }
    }
}

fn refuse(entry: &Entry, word: &str, role: Role, named: bool, text: bool, errors: &mut Errors) {
    let mut known: Vec<&str> = Vec::new();
    if role == Role::Body {
        known.extend(["each", "json", "key"]);
    }
    if text {
        known.extend(["display", "serde", "with"]);
    }
    let key = entry.key().map(ToString::to_string).unwrap_or_default();
    let otherwise = match (known.is_empty(), named) {
        (true, _) => format!("write `#[{word}]` alone"),
        (false, true) => format!(
            "write a name as `#[{word}(\"name\")]`, or {}",
            spell::list(known.iter().copied(), "or")
        ),
        (false, false) => format!("write {}", spell::list(known.iter().copied(), "or")),
    };
    let repair = match (key.as_str(), role) {
        ("key", Role::Body) => "write `key = OrderCreated::id`".to_owned(),
        _ => spell::did_you_mean(&key, known.iter().copied(), &otherwise),
    };
    errors.add(entry, format!("`#[{word}]` does not take this; {repair}"));
}

/// An attribute of an argument that is not ours.
fn foreign(attribute: &Attribute, name: &Ident, errors: &mut Errors) {
    let known = name.to_string();
    let words = || MARKS.iter().map(|(word, ..)| *word);
    let message = match known.as_str() {
        _ if LINTS.contains(&known.as_str()) => return,
        "cfg" | "cfg_attr" => format!("`{known}` hides this from the macro; write two methods with `#[cfg]`"),
        "doc" => "an argument has no documentation of its own; write it into the documentation of the method".to_owned(),
        _ => match WORDS.iter().find(|(word, _)| *word == known) {
            Some((_, meant)) => format!("`#[{known}]` is not a mark of an argument; did you mean `#[{meant}]`?"),
            None => {
                let marks: Vec<_> = words().map(|mark| format!("#[{mark}]")).collect();
                let all = format!("write one of {}", spell::list(marks.iter().map(String::as_str), "or"));
                match spell::nearest(&known, words()) {
                    Some(meant) => format!("`#[{known}]` is not known; did you mean `#[{meant}]`?"),
                    None => format!("`#[{known}]` is not a mark of an argument; {all}"),
                }
            }
        },
    };
    errors.add(attribute.path(), message);
}
