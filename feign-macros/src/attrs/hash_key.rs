//! `#[hash_key]`: alone on an argument, or beside its mark.

use syn::{Attribute, Ident};

use super::TextForm;
use super::argument::function;
use super::entry::{Entry, entries, keep};
use crate::errors::Errors;
use crate::spell;

pub(super) const NAME: &str = "hash_key";
const FORMS: [&str; 3] = ["display", "serde", "with"];

/// Says that the call is hashed by an argument.
pub(crate) struct HashKey<'a> {
    pub(crate) attribute: &'a Attribute,
    /// How its text is made, where that is another than the one that is sent.
    pub(crate) form: Option<TextForm>,
}

impl<'a> HashKey<'a> {
    pub(crate) fn is(attribute: &Attribute) -> bool {
        attribute.path().is_ident(NAME)
    }

    pub(crate) fn read(attribute: &'a Attribute, errors: &mut Errors) -> Self {
        let mut form = None;
        for entry in entries(attribute, "#[hash_key(display)]", errors) {
            take(&entry, &mut form, errors);
        }
        Self { attribute, form }
    }
}

fn take(entry: &Entry, form: &mut Option<TextForm>, errors: &mut Errors) {
    let mut keep = |said: TextForm, key: &Ident, errors: &mut Errors| {
        keep(form, said, key, "how it is written", errors);
    };
    match entry {
        Entry::Word(word) if word == "display" => keep(TextForm::Display, word, errors),
        Entry::Word(word) if word == "serde" => keep(TextForm::Serde, word, errors),
        Entry::Pair { key, value } if key == "with" => match function(value) {
            Some(path) => keep(TextForm::With(path), key, errors),
            None => errors.add(value, "`with` names a function from the value's reference to its text; write `with = path::to_text`"),
        },
        other => {
            let key = other.key().map(ToString::to_string).unwrap_or_default();
            let repair = match (key.as_str(), other) {
                ("with", _) => "write `with = path::to_text`".to_owned(),
                (_, Entry::Literal(_)) => "a key is not sent and has no name; write `#[hash_key]` alone".to_owned(),
                _ => spell::did_you_mean(&key, FORMS, &format!("write {}", spell::list(FORMS, "or"))),
            };
            errors.add(other, format!("`#[hash_key]` does not take this; {repair}"));
        }
    }
}
