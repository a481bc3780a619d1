//! URLs without their users and without the values of some names.

use super::MASK;

/// Masks every URL in a text; a path with a query is one too.
pub(super) fn masked(text: &str, names: &[String]) -> String {
    queries(&users(text), names)
}

/// Masks the user of each URL. What cannot be told from one is taken for one: the rest of a password
/// that holds what it may not, and one that the end of the text has cut.
fn users(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = begins(rest) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let (authority, behind) = after.split_at(authority(after));
        let host = authority.rfind('@').map_or(authority, |user| &authority[user..]);
        if host.len() < authority.len() {
            out.push_str(MASK);
            out.push_str(host);
            rest = behind;
            continue;
        }
        match (has_port(authority), word(behind).rfind('@')) {
            (false, Some(user)) => {
                out.push_str(MASK);
                rest = behind.get(user..).unwrap_or_default();
            }
            (false, None) if behind.is_empty() => {
                out.push_str(MASK);
                rest = "";
            }
            _ => {
                out.push_str(authority);
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Where the next authority begins; JSON may escape slashes.
fn begins(text: &str) -> Option<usize> {
    let plain = text.find("://").map(|at| at + 3);
    let escaped = text.find(r":\/\/").map(|at| at + 5);
    plain.into_iter().chain(escaped).min()
}

/// The length of an authority; the scheme of a URL that follows behind a comma is none of it.
fn authority(text: &str) -> usize {
    let end = text.find(|sign: char| "/?#\"<>\\".contains(sign) || sign.is_whitespace());
    let end = end.unwrap_or(text.len());
    let (authority, behind) = text.split_at(end);
    if authority.ends_with(':') && behind.starts_with("//") { end - 1 } else { end }
}

/// Whether what follows a colon can be a port; without a colon there is no password.
fn has_port(authority: &str) -> bool {
    let host = authority.rsplit_once(']').map_or(authority, |(_, behind)| behind);
    let first = host.split(',').next().unwrap_or_default();
    first.split_once(':').is_none_or(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Up to the next space, or what ends a URL in other text.
fn word(text: &str) -> &str {
    let end = text.find(|sign: char| "\"<>".contains(sign) || sign.is_whitespace());
    text.get(..end.unwrap_or(text.len())).unwrap_or(text)
}

/// Masks what stands behind each `?` and, as browsers' logins answer, each `#`.
fn queries(text: &str, names: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['?', '#']) {
        let (before, after) = rest.split_at(at + 1);
        out.push_str(before);
        let query = word(after).split('#').next().unwrap_or_default();
        out.push_str(&pairs(query, |name| is_named(name, names)));
        rest = after.get(query.len()..).unwrap_or_default();
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

/// Whether a name is among them, or the last part of one that is nested: `login.password`, `login[password]`.
pub(super) fn is_named(name: &str, names: &[String]) -> bool {
    let last = name.trim_end_matches(']').rsplit(['.', '[']).next().unwrap_or_default();
    is_among(name, names) || is_among(last, names)
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
