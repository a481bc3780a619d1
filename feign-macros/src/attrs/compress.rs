//! `#[compress(gzip)]`

use syn::{Attribute, Ident};

use super::entry::{Entry, entries};
use crate::errors::Errors;
use crate::spell;

/// How bodies are compressed.
#[derive(Clone, Debug)]
pub(crate) struct Compress {
    pub(crate) attribute: Attribute,
    pub(crate) word: Ident,
    /// Its name in the runtime; `None` for `none`.
    pub(crate) coding: Option<&'static str>,
}

const FORM: &str = "#[compress(gzip)]";
const CODINGS: [(&str, Option<&str>); 5] = [
    ("gzip", Some("Gzip")),
    ("br", Some("Brotli")),
    ("zstd", Some("Zstd")),
    ("deflate", Some("Deflate")),
    ("none", None),
];

pub(crate) fn read(attribute: &Attribute, errors: &mut Errors) -> Option<Compress> {
    let before = errors.len();
    let entries = entries(attribute, FORM, errors);
    if entries.is_empty() && errors.len() == before {
        errors.add(attribute, format!("`#[compress]` names no coding; write `{FORM}`"));
    }
    if let Some(more) = entries.get(1) {
        errors.add(more, format!("a body is compressed once; write one coding, `{FORM}`"));
    }
    let word = match entries.first()? {
        Entry::Word(word) => word,
        other => {
            errors.add(other, format!("a coding is a word; write `{FORM}`"));
            return None;
        }
    };
    let found = CODINGS.iter().find(|(known, _)| word == known);
    if found.is_none() {
        let words = || CODINGS.iter().map(|(word, _)| *word);
        let all = format!("write one of {}", spell::list(words(), "or"));
        let repair = match word.to_string().as_str() {
            "brotli" => "did you mean `br`?".to_owned(),
            "zlib" => "did you mean `deflate`?".to_owned(),
            other => spell::did_you_mean(other, words(), &all),
        };
        errors.add(word, format!("`{word}` is not a coding of `#[compress]`; {repair}"));
    }
    let (_, coding) = *found?;
    Some(Compress { attribute: attribute.clone(), word: word.clone(), coding })
}
