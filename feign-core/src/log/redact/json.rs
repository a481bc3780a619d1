//! Hides fields of JSON that may be cut anywhere, and may stand in other text.

use super::MASK;

/// Deeper than any reader follows (serde_json: 128): what stands there is hidden.
const DEPTH: usize = 160;

/// Where in a document the scanner stands.
enum Level {
    Object { key: String, is_key_next: bool },
    Array { index: usize },
}

struct Scanner<'a> {
    rest: &'a str,
    levels: Vec<Level>,
    fields: &'a [String],
    pointers: &'a [Vec<String>],
    out: String,
}

/// Text outside of objects and lists stays as it is.
pub(super) fn masked(text: &str, fields: &[String], pointers: &[Vec<String>]) -> String {
    let out = String::with_capacity(text.len());
    let mut scanner = Scanner { rest: text, levels: Vec::new(), fields, pointers, out };
    while !scanner.rest.is_empty() {
        scanner.step();
    }
    scanner.out
}

impl<'a> Scanner<'a> {
    fn step(&mut self) {
        match self.rest.as_bytes().first() {
            Some(b'{' | b'[') if self.is_hidden() => self.hide(nested(self.rest)),
            Some(b'{' | b'[') if self.levels.len() >= DEPTH => self.hide(nested(self.rest)),
            Some(b'{') => {
                self.levels.push(Level::Object { key: String::new(), is_key_next: true });
                self.copy(1);
            }
            Some(b'[') => {
                self.levels.push(Level::Array { index: 0 });
                self.copy(1);
            }
            Some(b'}' | b']') => {
                self.levels.pop();
                self.copy(1);
            }
            Some(b',') => {
                match self.levels.last_mut() {
                    Some(Level::Object { is_key_next, .. }) => *is_key_next = true,
                    Some(Level::Array { index }) => *index += 1,
                    None => {}
                }
                self.copy(1);
            }
            Some(b':') => {
                if let Some(Level::Object { is_key_next, .. }) = self.levels.last_mut() {
                    *is_key_next = false;
                }
                self.copy(1);
            }
            Some(b'"') if !self.levels.is_empty() => self.string(),
            Some(byte) if byte.is_ascii_whitespace() => self.copy(1),
            _ => self.scalar(),
        }
    }

    fn string(&mut self) {
        let length = string(self.rest);
        let raw = self.rest.get(..length).unwrap_or(self.rest);
        if let Some(Level::Object { key, is_key_next: true }) = self.levels.last_mut() {
            *key = unescaped(raw.trim_matches('"'));
            return self.copy(length);
        }
        if self.is_hidden() { self.hide(length) } else { self.copy(length) }
    }

    /// A number or a word; outside of a document, text up to the next one.
    fn scalar(&mut self) {
        let inside = !self.levels.is_empty();
        let ends = |sign: char| match inside {
            true => ",:]}[{\"".contains(sign) || sign.is_ascii_whitespace(),
            false => "[{".contains(sign),
        };
        let first = self.rest.chars().next().map_or(1, char::len_utf8);
        let behind = self.rest.get(first..).unwrap_or_default();
        let length = first + behind.find(ends).unwrap_or(behind.len());
        if inside && self.is_hidden() { self.hide(length) } else { self.copy(length) }
    }

    fn copy(&mut self, length: usize) {
        let (done, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.out.push_str(done);
        self.rest = rest;
    }

    fn hide(&mut self, length: usize) {
        self.out.push('"');
        self.out.push_str(MASK);
        self.out.push('"');
        self.rest = self.rest.get(length..).unwrap_or_default();
    }

    /// Whether the value that comes next is hidden.
    fn is_hidden(&self) -> bool {
        let is_value = match self.levels.last() {
            Some(Level::Object { key, is_key_next: false })
                if super::url::is_among(key, self.fields) =>
            {
                return true;
            }
            Some(Level::Object { is_key_next: false, .. } | Level::Array { .. }) => true,
            Some(Level::Object { .. }) | None => false,
        };
        is_value && self.pointers.iter().any(|pointer| self.is_at(pointer))
    }

    /// A pointer into the items of a list holds for an item that stands by itself, too.
    fn is_at(&self, pointer: &[String]) -> bool {
        let of_item = pointer.split_first().filter(|(first, _)| *first == "*");
        self.leads_here(pointer) || of_item.is_some_and(|(_, steps)| self.leads_here(steps))
    }

    fn leads_here(&self, steps: &[String]) -> bool {
        steps.len() == self.levels.len()
            && steps.iter().zip(&self.levels).all(|(step, level)| match level {
                Level::Object { key, .. } => step == key,
                Level::Array { index } => step == "*" || *step == index.to_string(),
            })
    }
}

/// The length of a string with its quotes; up to the end if it is cut.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of an object or a list; up to the end if it is cut.
fn nested(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'"' => at += string(text.get(at..).unwrap_or_default()),
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' => {
                depth -= 1;
                at += 1;
            }
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// A string without its escapes (RFC 8259 §7), as far as names are told apart by them.
fn unescaped(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        let (before, after) = rest.split_at(at);
        text.push_str(before);
        let mut signs = after.chars();
        signs.next();
        let escape = signs.next();
        rest = signs.as_str();
        match escape {
            Some('u') => {
                let digits = rest.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
                text.extend(digits.map(|code| char::from_u32(code).unwrap_or('\u{fffd}')));
                rest = rest.get(4..).unwrap_or_default();
            }
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some(other) => text.push(other),
            None => {}
        }
    }
    text.push_str(rest);
    text
}
