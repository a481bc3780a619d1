//! URLs without their users and without the values of some names.

use super::MASK;

/// Masks every URL in a text; a path with a query is one too.
pub(super) fn masked(text: &str, names: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        out.push_str(before);
        let end = after.find(|sign: char| "/?#\"'<>".contains(sign) || sign.is_whitespace());
        let (authority, behind) = after.split_at(end.unwrap_or(after.len()));
        match authority.rfind('@') {
            Some(user) => {
                out.push_str(MASK);
                out.push_str(authority.get(user..).unwrap_or_default());
            }
            None => out.push_str(authority),
        }
        rest = behind;
    }
    out.push_str(rest);
    queries(&out, names)
}

/// Masks what stands behind each `?`.
fn queries(text: &str, names: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('?') {
        let (before, after) = rest.split_at(at + 1);
        out.push_str(before);
        let end = after.find(|sign: char| "?#\"'<>".contains(sign) || sign.is_whitespace());
        let (query, behind) = after.split_at(end.unwrap_or(after.len()));
        out.push_str(&pairs(query, |name| is_among(name, names)));
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Masks the values of those names that are hidden.
pub(super) fn pairs(query: &str, is_hidden: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(query.len());
    for (at, pair) in query.split('&').enumerate() {
        if at > 0 {
            out.push('&');
        }
        match pair.split_once('=') {
            Some((name, _)) if is_hidden(&decoded(name)) => {
                out.push_str(name);
                out.push('=');
                out.push_str(MASK);
            }
            _ => out.push_str(pair),
        }
    }
    out
}

pub(super) fn is_among(name: &str, names: &[String]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// A name without its percent-escapes.
fn decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escape = rest.get(1..3).filter(|_| first == b'%');
        let byte = escape
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(if first == b'+' { b' ' } else { first }));
        rest = if byte.is_some() { rest.get(3..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
