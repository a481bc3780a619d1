//! `#[accept(409, 4xx)]` and `#[none(204, empty)]`: statuses by number and by class.

use proc_macro2::Span;
use syn::{Attribute, Lit, LitInt};

use super::entry::{Entry, entries};
use crate::errors::Errors;
use crate::{spell, syntax};

/// Inclusive ranges of statuses.
pub(crate) type Ranges = Vec<(u16, u16)>;

#[derive(Clone, Debug, Default)]
pub(crate) struct NoneWhen {
    pub(crate) statuses: Vec<u16>,
    pub(crate) empty: bool,
    pub(crate) null: bool,
    /// Where it stands.
    pub(crate) span: Option<Span>,
}

pub(crate) fn accept(attribute: &Attribute, errors: &mut Errors) -> Ranges {
    let form = "#[accept(409, 4xx)]";
    let before = errors.len();
    let entries = entries(attribute, form, errors);
    if entries.is_empty() && errors.len() == before {
        errors.add(
            attribute,
            format!("`#[accept]` names no status; write `{form}` or `#[accept(any)]`"),
        );
    }
    let mut ranges = Ranges::new();
    for entry in &entries {
        let range = match entry {
            Entry::Word(word) if word == "any" => Some((100, 599)),
            Entry::Literal(Lit::Int(status)) => range(status, errors),
            other => {
                refuse(other, "#[accept]", &["any"], errors);
                None
            }
        };
        if let Some(range) = range {
            push_range(&mut ranges, range, entry, errors);
        }
    }
    ranges
}

fn push_range(ranges: &mut Ranges, range: (u16, u16), at: &Entry, errors: &mut Errors) {
    let within = |(low, high): &(u16, u16)| *low <= range.0 && range.1 <= *high;
    if within(&(200, 299)) {
        errors.add(
            at,
            "a status of 2xx is a success already; take it away, or write the status that is meant",
        );
    } else if ranges.iter().any(within) {
        errors.add(at, "this status is accepted already; write it once");
    } else {
        ranges.push(range);
    }
}

pub(crate) fn none(attribute: &Attribute, errors: &mut Errors) -> NoneWhen {
    let form = "#[none(204)]";
    let before = errors.len();
    let entries = entries(attribute, form, errors);
    if entries.is_empty() && errors.len() == before {
        errors.add(attribute, format!("`#[none]` says nothing; write `{form}`, `empty` or `null`"));
    }
    let mut none = NoneWhen { span: Some(syntax::span(attribute.path())), ..NoneWhen::default() };
    for entry in &entries {
        none_entry(&mut none, entry, errors);
    }
    none
}

fn none_entry(none: &mut NoneWhen, entry: &Entry, errors: &mut Errors) {
    let twice = match entry {
        Entry::Word(word) if word == "empty" => std::mem::replace(&mut none.empty, true),
        Entry::Word(word) if word == "null" => std::mem::replace(&mut none.null, true),
        Entry::Literal(Lit::Int(status)) if status.suffix().is_empty() => {
            let Some((status, _)) = range(status, errors) else { return };
            let twice = none.statuses.contains(&status);
            none.statuses.push(status);
            twice
        }
        other => {
            refuse(other, "#[none]", &["empty", "null"], errors);
            return;
        }
    };
    if twice {
        errors.add(entry, "this is said twice; write it once");
    }
}

fn refuse(entry: &Entry, attribute: &str, words: &[&str], errors: &mut Errors) {
    let word = entry.key().map(ToString::to_string).unwrap_or_default();
    let forms =
        format!("write a number as `409` or one of {}", spell::list(words.iter().copied(), "or"));
    let repair = spell::did_you_mean(&word, words.iter().copied(), &forms);
    errors.add(entry, format!("this is not a status in `{attribute}`; {repair}"));
}

/// Reads `409` or `4xx`.
fn range(status: &LitInt, errors: &mut Errors) -> Option<(u16, u16)> {
    let range = match (status.base10_parse::<u16>().ok(), status.suffix()) {
        (Some(number @ 100..=599), "") => Some((number, number)),
        _ => match status.to_string().as_str() {
            class @ ("1xx" | "2xx" | "3xx" | "4xx" | "5xx") => class
                .get(..1)
                .and_then(|digit| digit.parse::<u16>().ok())
                .map(|class| (class * 100, class * 100 + 99)),
            _ => None,
        },
    };
    if range.is_none() {
        errors.add(
            status,
            format!(
                "`{status}` is not a status; write a number from 100 to 599, or a class as `4xx`"
            ),
        );
    }
    range
}
