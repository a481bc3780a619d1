//! `#[headers("accept: text/plain", remove("x-foo"))]`

use proc_macro2::Span;
use syn::{Attribute, Lit, LitStr};

use super::entry::{self, Entry, entries};
use crate::errors::Errors;
use crate::template::is_name;

/// A header that a declaration sends, or takes away where `value` is `None`.
#[derive(Clone, Debug)]
pub(crate) struct StaticHeader {
    pub(crate) name: String,
    pub(crate) value: Option<String>,
    pub(crate) span: Span,
}

const FORM: &str = "#[headers(\"name: value\")]";

pub(crate) fn read(attribute: &Attribute, into: &mut Vec<StaticHeader>, errors: &mut Errors) {
    let before = errors.len();
    let entries = entries(attribute, FORM, errors);
    if entries.is_empty() && errors.len() == before {
        errors.add(attribute, format!("`#[headers]` is empty; write `{FORM}` or take it away"));
    }
    for entry in entries {
        for header in headers(&entry, errors) {
            if into.iter().any(|known| known.name == header.name) {
                let name = &header.name;
                errors.add_at(header.span, format!("the header `{name}` is said twice; write it once (several values go into one, parted by commas)"));
            } else {
                into.push(header);
            }
        }
    }
}

fn headers(entry: &Entry, errors: &mut Errors) -> Vec<StaticHeader> {
    match entry {
        Entry::Literal(Lit::Str(line)) => set(line, errors).into_iter().collect(),
        Entry::Call { key, arguments } if key == "remove" && !arguments.is_empty() => {
            let names = entry::parse(arguments.clone());
            names.iter().filter_map(|name| remove(name, errors)).collect()
        }
        Entry::Word(key) | Entry::Call { key, .. } if key == "remove" => {
            errors.add(key, "`remove` names no header; write `remove(\"x-name\")`");
            Vec::new()
        }
        other => {
            errors.add(
                other,
                format!("a header is a string literal; write `{FORM}` or `remove(\"x-name\")`"),
            );
            Vec::new()
        }
    }
}

fn remove(entry: &Entry, errors: &mut Errors) -> Option<StaticHeader> {
    let Entry::Literal(Lit::Str(name)) = entry else {
        errors.add(entry, "a header's name is a string literal; write `remove(\"x-name\")`");
        return None;
    };
    Some(StaticHeader {
        name: header_name(name, &name.value(), errors)?,
        value: None,
        span: name.span(),
    })
}

fn set(line: &LitStr, errors: &mut Errors) -> Option<StaticHeader> {
    let text = line.value();
    let Some((name, value)) = text.split_once(':') else {
        let shown = text.escape_debug();
        let repair = if text.trim().is_empty() {
            "write `\"name: value\"`".to_owned()
        } else {
            format!("write `\"{shown}: value\"`, or `remove(\"{shown}\")`")
        };
        errors.add(
            line,
            format!("`{shown}` is no header, which is a name, a colon and a value; {repair}"),
        );
        return None;
    };
    let name = header_name(line, name, errors)?;
    let value = value.trim_matches([' ', '\t']);
    if let Some(mistake) = value_mistake(&name, value) {
        errors.add(line, mistake);
        return None;
    }
    Some(StaticHeader { name, value: Some(value.to_owned()), span: line.span() })
}

/// Returns the name in lower case, or records why it is none (RFC 9110 §5.1).
pub(crate) fn header_name(at: &LitStr, name: &str, errors: &mut Errors) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let shown = name.escape_debug();
    let message = if name.is_empty() {
        "the header's name is empty; write `\"x-name\"`".to_owned()
    } else if !super::is_token(name) {
        let repaired: String = lower
            .trim()
            .chars()
            .map(|letter| if super::is_token(&letter.to_string()) { letter } else { '-' })
            .collect();
        format!(
            "`{shown}` is not a header's name, which is made of letters, digits and `-`; write `{repaired}`"
        )
    } else if matches!(lower.as_str(), "content-length" | "transfer-encoding") {
        format!(
            "`{lower}` is written by the transport, which knows the body; take it away, or write a header of your own"
        )
    } else {
        return Some(lower);
    };
    errors.add(at, message);
    None
}

fn value_mistake(name: &str, value: &str) -> Option<String> {
    let shown = value.escape_debug();
    if value.contains(['\r', '\n']) {
        return Some(format!(
            "the value `{shown}` of `{name}` holds a line break, which would begin another header; write one line"
        ));
    }
    if value.bytes().any(|byte| !(byte == b'\t' || (b' '..=b'~').contains(&byte))) {
        return Some(format!(
            "the value `{shown}` of `{name}` holds more than visible ASCII, spaces and tabs; write it in ASCII"
        ));
    }
    if let Some(variable) = variable(value) {
        return Some(format!(
            "the value `{shown}` of `{name}` is sent as it is, braces and all; mark an argument `#[header(\"{name}\")]`, whose value is all that stood here, for `{{{variable}}}`"
        ));
    }
    if name == "content-type" && !is_media_type(value) {
        return Some(format!(
            "`{shown}` is no media type; write `content-type: application/json` or another `type/subtype`"
        ));
    }
    None
}

/// Finds what looks like a variable of a template, `{token}`.
fn variable(value: &str) -> Option<&str> {
    let mut braces = value.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    braces.find(|(name, _)| is_name(name)).map(|(name, _)| name)
}

/// `type "/" subtype *( ";" parameter )` (RFC 9110 §8.3.1)
fn is_media_type(value: &str) -> bool {
    let mut parts = value.split(';');
    let is_type = parts
        .next()
        .and_then(|part| part.trim().split_once('/'))
        .is_some_and(|(main, sub)| super::is_token(main) && super::is_token(sub));
    is_type
        && parts.all(|parameter| {
            parameter
                .trim()
                .split_once('=')
                .is_some_and(|(key, value)| super::is_token(key) && !value.is_empty())
        })
}
