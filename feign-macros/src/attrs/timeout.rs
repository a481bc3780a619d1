//! `#[timeout("2s", attempt = "600ms", idle = "5s")]`

use proc_macro2::Span;
use syn::{Attribute, Expr, Lit, LitStr};

use super::entry::{Entry, entries, keep, string};
use crate::duration;
use crate::errors::Errors;
use crate::spell;

/// A limit in nanoseconds, and where it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) nanos: u64,
    pub(crate) span: Span,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Timeouts {
    pub(crate) total: Option<Limit>,
    pub(crate) attempt: Option<Limit>,
    pub(crate) idle: Option<Limit>,
}

const FORM: &str = "#[timeout(\"2s\")]";
const KEYS: [&str; 2] = ["attempt", "idle"];

impl Timeouts {
    pub(crate) fn read(attribute: &Attribute, errors: &mut Errors) -> Self {
        let mut timeouts = Self::default();
        let before = errors.len();
        let entries = entries(attribute, FORM, errors);
        if entries.is_empty() && errors.len() == before {
            errors.add(attribute, format!("`#[timeout]` says no time; write `{FORM}`"));
        }
        for entry in &entries {
            timeouts.take(entry, errors);
        }
        timeouts
    }

    fn take(&mut self, entry: &Entry, errors: &mut Errors) {
        match entry {
            Entry::Literal(Lit::Str(text)) => {
                if let Some(limit) = limit(text, errors) {
                    keep(&mut self.total, limit, text, "the total", errors);
                }
            }
            Entry::Pair { key, value } if KEYS.iter().any(|known| key == known) => {
                let Some(limit) = limit_of(value, errors) else { return };
                let slot = if key == "attempt" { &mut self.attempt } else { &mut self.idle };
                keep(slot, limit, key, &format!("`{key}`"), errors);
            }
            Entry::Literal(other) => {
                errors.add(other, format!("a time is a string with its unit; {}", duration::FORMS))
            }
            other => refuse_key(other, errors),
        }
    }

    /// What this one leaves open is taken from `base`.
    pub(crate) fn or(&self, base: &Self) -> Self {
        Self {
            total: self.total.or(base.total),
            attempt: self.attempt.or(base.attempt),
            idle: self.idle.or(base.idle),
        }
    }
}

fn refuse_key(entry: &Entry, errors: &mut Errors) {
    let Some(key) = entry.key() else {
        errors.add(entry, format!("a time is a string literal; {}", duration::FORMS));
        return;
    };
    let name = key.to_string();
    let repair = if name == "total" {
        "write the total without a key, `#[timeout(\"2s\")]`".to_owned()
    } else if name == "connect" {
        "write `connect_timeout(..)` at the hub".to_owned()
    } else {
        spell::did_you_mean(&name, KEYS, "write `attempt = \"600ms\"` or `idle = \"5s\"`")
    };
    errors.add(key, format!("`{name}` is not an option of `#[timeout]`; {repair}"));
}

fn limit_of(value: &Expr, errors: &mut Errors) -> Option<Limit> {
    let Some(text) = string(value) else {
        errors.add(value, format!("a time is a string with its unit; {}", duration::FORMS));
        return None;
    };
    limit(text, errors)
}

fn limit(text: &LitStr, errors: &mut Errors) -> Option<Limit> {
    match duration::parse(&text.value()) {
        Ok(nanos) => Some(Limit { nanos, span: text.span() }),
        Err(why) => {
            errors.add(
                text,
                format!("the time `{}` {why}; {}", text.value().escape_debug(), duration::FORMS),
            );
            None
        }
    }
}
