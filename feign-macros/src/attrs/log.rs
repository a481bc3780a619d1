//! `#[log(headers)]` on a method, `log = headers` on the trait.

use syn::{Attribute, Expr, Ident};

use super::argument::function;
use super::entry::{Entry, entries, string};
use crate::errors::Errors;
use crate::spell;
use crate::syntax;

/// How much of a call is logged: the word, whose capitalised form is its name in the runtime.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    pub(crate) word: Ident,
    pub(crate) level: &'static str,
}

const FORM: &str = "#[log(headers)]";
const LEVELS: [(&str, &str); 4] =
    [("none", "None"), ("basic", "Basic"), ("headers", "Headers"), ("body", "Body")];

impl Log {
    /// Reads `#[log(headers)]`.
    pub(super) fn read(attribute: &Attribute, errors: &mut Errors) -> Option<Self> {
        let before = errors.len();
        let entries = entries(attribute, FORM, errors);
        if entries.is_empty() && errors.len() == before {
            errors.add(attribute, format!("`#[log]` names no level; write `{FORM}`"));
        }
        if let Some(more) = entries.get(1) {
            errors.add(more, format!("a call is logged at one level; write one, `{FORM}`"));
        }
        match entries.first()? {
            Entry::Word(word) => Self::of_word(word, errors),
            other => {
                errors.add(other, format!("a level is a word; write `{FORM}`"));
                None
            }
        }
    }

    /// Reads the value of `log = headers`.
    pub(super) fn of_option(value: &Expr, errors: &mut Errors) -> Option<Self> {
        if let Some(word) = function(value).as_ref().and_then(|path| path.get_ident()) {
            return Self::of_word(word, errors);
        }
        let repair = match string(value).map(|text| text.value().to_lowercase()) {
            Some(text) if is_level(&text) => format!("write `log = {text}` without quotes"),
            Some(text) => repair(&text),
            None => "write `log = headers`".to_owned(),
        };
        errors.add(value, format!("a level is a word; {repair}"));
        None
    }

    fn of_word(word: &Ident, errors: &mut Errors) -> Option<Self> {
        let name = syntax::plain(word);
        let found = LEVELS.iter().find(|(known, _)| *known == name);
        if found.is_none() {
            errors.add(word, format!("`{name}` is not a level of the log; {}", repair(&name)));
        }
        found.map(|(_, level)| Self { word: word.clone(), level })
    }
}

fn is_level(word: &str) -> bool {
    LEVELS.iter().any(|(known, _)| *known == word)
}

/// What to write in the place of a word that is no level.
fn repair(word: &str) -> String {
    let words = || LEVELS.iter().map(|(known, _)| *known);
    match word {
        // Feign's name of it.
        "full" => "did you mean `body`?".to_owned(),
        other => {
            let all = format!("write one of {}", spell::list(words(), "or"));
            spell::did_you_mean(other, words(), &all)
        }
    }
}
