//! Bodies as people read them: bounded, text as text, everything else by size and type.

use std::fmt::{self, Write as _};

use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};

use super::Rules;
use super::show::{Octets, escape};

/// The beginning of a body.
pub(super) struct Shown<'a> {
    pub(super) mark: char,
    /// As much of it as may be shown, or all.
    pub(super) start: &'a [u8],
    /// How long it is, as far as that is known.
    pub(super) length: Option<u64>,
    pub(super) kind: Kind,
    pub(super) limit: usize,
    pub(super) rules: &'a Rules,
}

/// What a head says of its body.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Text(Option<Box<str>>),
    /// Neither text, nor to be shown.
    Binary(Option<Box<str>>),
    /// It holds a secret.
    Hidden,
}

impl Kind {
    pub(super) fn of(headers: &HeaderMap, is_hidden: bool) -> Self {
        if is_hidden {
            return Self::Hidden;
        }
        let said = headers.get(CONTENT_TYPE).map(|value| value.as_bytes());
        let name: Option<Box<str>> = said.map(|said| {
            let until = said.iter().position(|byte| *byte == b';').unwrap_or(said.len());
            Octets(said.get(..until.min(80)).unwrap_or_default()).to_string().trim().into()
        });
        if headers.contains_key(CONTENT_ENCODING) {
            let coding = headers.get(CONTENT_ENCODING).map_or(&b""[..], |value| value.as_bytes());
            let coding = Octets(coding.get(..20).unwrap_or(coding)).to_string();
            let of = name.as_deref().unwrap_or("unknown type");
            return Self::Binary(Some(format!("{of}, {coding}").into()));
        }
        let lower = name.as_deref().unwrap_or_default().to_ascii_lowercase();
        let parts = ["json", "xml", "javascript", "yaml", "graphql", "toml", "urlencoded"];
        let is_text = lower.starts_with("text/") || parts.iter().any(|part| lower.contains(part));
        if is_text || name.is_none() { Self::Text(name) } else { Self::Binary(name) }
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mark, start, length, rules, .. } = self;
        if start.is_empty() && length.is_none_or(|length| length == 0) {
            return write!(f, "\n{mark} (no body)");
        }
        let kept = start.get(..self.limit).unwrap_or(start);
        let text = whole_signs(kept).filter(|text| !text.contains('\0'));
        match (&self.kind, text) {
            (Kind::Text(_), Some(text)) => self.lines(&rules.text(text), kept.len(), f),
            (Kind::Hidden, _) => {
                write!(f, "\n{mark} ({}, not shown: it holds a secret)", self.size())
            }
            (Kind::Text(name) | Kind::Binary(name), _) => {
                write!(f, "\n{mark} ({} of {})", self.size(), name.as_deref().unwrap_or("no type"))
            }
        }
    }
}

impl Shown<'_> {
    fn lines(&self, text: &str, shown: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = self.mark;
        write!(f, "\n{mark}")?;
        for line in text.split('\n') {
            write!(f, "\n{mark} ")?;
            let line = line.strip_suffix('\r').unwrap_or(line);
            line.chars().try_for_each(|sign| match sign {
                '\t' => f.write_char('\t'),
                _ => escape(sign, f),
            })?;
        }
        match self.length {
            Some(length) if length > shown as u64 => {
                write!(f, "\n{mark} (cut, {} of {})", shown, bytes(length))
            }
            None => write!(f, "\n{mark} (cut at {})", bytes(shown as u64)),
            Some(_) => Ok(()),
        }
    }

    fn size(&self) -> String {
        match self.length {
            Some(length) => bytes(length),
            None => format!("more than {}", bytes(self.start.len() as u64)),
        }
    }
}

pub(super) fn bytes(count: u64) -> String {
    if count == 1 { "1 byte".to_owned() } else { format!("{count} bytes") }
}

/// Whether the beginning of a body may be shown as text.
pub(crate) fn is_text(headers: &HeaderMap, start: &[u8]) -> bool {
    let is_plain =
        |text: &str| !text.contains(|sign: char| sign.is_control() && !sign.is_ascii_whitespace());
    matches!(Kind::of(headers, false), Kind::Text(Some(_)))
        || whole_signs(start).is_some_and(is_plain)
}

/// The text that bytes are; one that is cut within its last sign is text too.
fn whole_signs(bytes: &[u8]) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()
        }
        Err(_) => None,
    }
}
