//! Heads and causes as people read them. Whatever a peer sends can forge no line and move no cursor.

use std::error::Error as StdError;
use std::fmt::{self, Write as _};
use std::time::Duration;

use http::header::{CONTENT_LOCATION, HeaderMap, LINK, LOCATION};
use http::{HeaderName, HeaderValue};

use super::{MASK, Rules};

/// So many headers are shown at most.
const HEADERS: usize = 64;
/// So many bytes of one header's value.
const VALUE: usize = 1024;

/// Text without control characters: escaped, but for quotes and backslashes, which do no harm.
#[derive(Clone, Copy)]
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for sign in self.0.chars() {
            escape(sign, f)?;
        }
        Ok(())
    }
}

pub(super) fn escape(sign: char, f: &mut impl fmt::Write) -> fmt::Result {
    match sign {
        '"' | '\'' | '\\' => f.write_char(sign),
        // Signs that are written from right to left, or not at all, are escaped too.
        _ => write!(f, "{}", sign.escape_debug()),
    }
}

/// Bytes that should be text.
pub(super) struct Octets<'a>(pub(super) &'a [u8]);

impl fmt::Display for Octets<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            write!(f, "{}", Escaped(chunk.valid()))?;
            for byte in chunk.invalid() {
                write!(f, "\\x{byte:02x}")?;
            }
        }
        Ok(())
    }
}

/// How long something took: `3.2ms`.
pub(super) struct Elapsed(pub(super) Duration);

impl Elapsed {
    pub(super) fn millis(&self) -> f64 {
        (self.0.as_secs_f64() * 1e6).round() / 1e3
    }
}

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1}ms", self.millis())
    }
}

/// Headers, one a line, each behind a mark.
pub(super) struct Headers<'a> {
    pub(super) mark: char,
    pub(super) headers: &'a HeaderMap,
    pub(super) rules: &'a Rules,
    /// Whether its links may hold what was hidden in the request's URL.
    pub(super) echoes: bool,
}

impl fmt::Display for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mark, headers, rules, echoes } = *self;
        for (name, value) in headers.iter().take(HEADERS) {
            write!(f, "\n{mark} {name}: {}", Value { name, value, rules, echoes })?;
        }
        match headers.len().checked_sub(HEADERS) {
            None | Some(0) => Ok(()),
            Some(more) => write!(f, "\n{mark} (and {more} more headers)"),
        }
    }
}

/// The value of one header, or what stands for it.
pub(super) struct Value<'a> {
    pub(super) name: &'a HeaderName,
    pub(super) value: &'a HeaderValue,
    pub(super) rules: &'a Rules,
    pub(super) echoes: bool,
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, value, rules, echoes } = self;
        let is_echo = *echoes && [LOCATION, CONTENT_LOCATION, LINK].contains(name);
        if rules.hides_header(name, Some(value)) || (is_echo && !rules.is_off()) {
            return f.write_str(MASK);
        }
        let text = Octets(value.as_bytes()).to_string();
        // A link, perhaps. Cut afterwards, since half a secret is one too.
        let text = if text.contains(['?', '#', '/']) { rules.url(&text) } else { text };
        let cut = (0..=VALUE.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
        f.write_str(text.get(..cut.unwrap_or_default()).unwrap_or_default())?;
        if text.len() > VALUE { write!(f, "… ({} bytes)", value.len()) } else { Ok(()) }
    }
}

/// An error with what caused it, each thing said once.
pub(crate) fn causes<'a>(error: &'a (dyn StdError + 'static)) -> Causes<'a> {
    Causes(error)
}

pub(crate) struct Causes<'a>(&'a (dyn StdError + 'static));

impl fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut said = String::new();
        let mut next = Some(self.0);
        while let Some(error) = next {
            next = error.source();
            let text = error.to_string();
            if said.contains(&text) {
                continue;
            }
            let before = if said.is_empty() { "" } else { ": " };
            let _ = write!(said, "{before}{text}");
        }
        f.write_str(&said)
    }
}
