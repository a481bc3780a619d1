//! `#[idempotent]` and `#[idempotent(key = "idempotency-key")]`

use proc_macro2::Span;
use syn::Attribute;

use super::entry::{Entry, entries, keep, string};
use super::headers::header_name;
use crate::errors::Errors;

#[derive(Clone, Debug)]
pub(crate) struct Idempotent {
    /// The header that carries one key per call, in lower case.
    pub(crate) key: Option<String>,
    pub(crate) span: Span,
}

const FORM: &str = "#[idempotent(key = \"idempotency-key\")]";

pub(crate) fn read(attribute: &Attribute, errors: &mut Errors) -> Idempotent {
    let mut key = None;
    for entry in entries(attribute, FORM, errors) {
        let header = match &entry {
            Entry::Pair { key, value } if key == "key" => string(value),
            _ => None,
        };
        match header {
            Some(header) => {
                if let Some(name) = header_name(header, &header.value(), errors) {
                    keep(&mut key, name, header, "`key`", errors);
                }
            }
            None => errors.add(
                &entry,
                format!(
                    "`#[idempotent]` takes the header of a key and nothing else; write `{FORM}`"
                ),
            ),
        }
    }
    Idempotent { key, span: crate::syntax::span(attribute.meta.path()) }
}
