//! `#[param(..)]` of ours, and what serde's attributes say of names.

use syn::{Attribute, LitStr, Meta, Path};

use crate::attrs::entry::{self, Entry, entries, keep, string};
use crate::attrs::{crate_path, rename_rule};
use crate::errors::Errors;
use crate::rename::RenameRule;

/// What is said of the whole type.
#[derive(Default)]
pub(super) struct Container {
    pub(super) rename_all: Option<RenameRule>,
    pub(super) krate: Option<Path>,
}

const FORM: &str = "#[param(rename_all = \"camelCase\")]";

impl Container {
    pub(super) fn read(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut container = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("param")) {
            for entry in entries(attribute, FORM, errors) {
                container.take(&entry, errors);
            }
        }
        if container.rename_all.is_none() {
            container.rename_all =
                serde(attributes, "rename_all").and_then(|rule| RenameRule::find(&rule.value()));
        }
        container
    }

    fn take(&mut self, entry: &Entry, errors: &mut Errors) {
        match entry {
            Entry::Pair { key, value } if key == "rename_all" => {
                let Some(rule) = string(value) else {
                    errors.add(value, format!("a rule is a string literal; write `{FORM}`"));
                    return;
                };
                if let Some(rule) = rename_rule(rule, errors) {
                    keep(&mut self.rename_all, rule, key, "`rename_all`", errors);
                }
            }
            Entry::Pair { key, value } if key == "crate" => {
                if let Some(path) = crate_path(value, errors) {
                    keep(&mut self.krate, path, key, "`crate`", errors);
                }
            }
            Entry::Pair { key, .. } if key == "rename" => {
                errors.add(
                    key,
                    "a type has no name on the wire; write `rename` on a variant, or `rename_all`",
                );
            }
            other => errors.add(
                other,
                format!("`#[param]` does not take this; write `{FORM}` or `crate = ::feign`"),
            ),
        }
    }
}

/// Returns the name that a variant is given: ours wins over serde's.
pub(super) fn renamed(attributes: &[Attribute], errors: &mut Errors) -> Option<LitStr> {
    let mut name = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("param")) {
        for entry in entries(attribute, "#[param(rename = \"name\")]", errors) {
            match &entry {
                Entry::Pair { key, value } if key == "rename" && string(value).is_some() => {
                    keep(&mut name, string(value).cloned(), key, "`rename`", errors);
                }
                other => errors.add(other, "a variant takes its name and nothing else; write `#[param(rename = \"name\")]`"),
            }
        }
    }
    name.flatten().or_else(|| serde(attributes, "rename"))
}

/// Finds `key = "value"` or `key(serialize = "value")` in serde's attributes, which serde judges.
fn serde(attributes: &[Attribute], key: &str) -> Option<LitStr> {
    let lists = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
        .filter_map(|attribute| match &attribute.meta {
            Meta::List(list) => Some(list.tokens.clone()),
            _ => None,
        });
    lists.flat_map(entry::parse).find_map(|entry| match entry {
        Entry::Pair { key: found, value } if found == key => string(&value).cloned(),
        Entry::Call { key: found, arguments } if found == key => {
            entry::parse(arguments).into_iter().find_map(|entry| match entry {
                Entry::Pair { key, value } if key == "serialize" => string(&value).cloned(),
                _ => None,
            })
        }
        _ => None,
    })
}
