//! `#[tags(team = "inventory", critical)]`

use syn::Attribute;

use super::entry::{Entry, entries, string};
use crate::errors::Errors;

/// Names and values; a tag without a value has the value `""`.
pub(crate) type Tags = Vec<(String, String)>;

const FORM: &str = "#[tags(team = \"inventory\", critical)]";

pub(crate) fn read(attribute: &Attribute, into: &mut Tags, errors: &mut Errors) {
    let before = errors.len();
    let entries = entries(attribute, FORM, errors);
    if entries.is_empty() && errors.len() == before {
        errors.add(attribute, format!("`#[tags]` is empty; write `{FORM}`"));
    }
    for entry in &entries {
        let Some((name, value)) = tag(entry) else {
            errors.add(entry, format!("a tag is a name, or a name and a string; write `{FORM}`"));
            continue;
        };
        if into.iter().any(|(known, _)| *known == name) {
            errors.add(entry, format!("the tag `{name}` is said twice; write it once"));
        } else {
            into.push((name, value));
        }
    }
}

fn tag(entry: &Entry) -> Option<(String, String)> {
    match entry {
        Entry::Word(key) => Some((crate::syntax::plain(key), String::new())),
        Entry::Pair { key, value } => Some((crate::syntax::plain(key), string(value)?.value())),
        _ => None,
    }
}
