//! Percent-escapes (RFC 3986 §2.1), taken away again.

use crate::template::is_escape;

/// A byte of a path, and whether it came as an escape: an escaped `/` separates nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    byte: u8,
    escaped: bool,
}

impl Unit {
    pub(super) const fn is_slash(&self) -> bool {
        self.byte == b'/' && !self.escaped
    }
}

/// Who sends may escape what needs no escape; only of `/` it says something else.
impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        self.byte == other.byte && self.is_slash() == other.is_slash()
    }
}

pub(super) fn units(text: &str) -> Vec<Unit> {
    let mut units = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escape = rest.get(1..3).filter(|_| is_escape(rest));
        let byte = escape
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        units.push(Unit { byte: byte.unwrap_or(first), escaped: byte.is_some() });
        rest = if byte.is_some() { &rest[3..] } else { after };
    }
    units
}

pub(super) fn decoded(units: &[Unit]) -> String {
    let bytes: Vec<_> = units.iter().map(|unit| unit.byte).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The pairs of a query or a form; `+` is a space, as forms have it.
pub(super) fn pairs(query: &str) -> Vec<(String, String)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect()
}

pub(super) fn pair(text: &str) -> (String, String) {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    let decoded = |text: &str| decoded(&units(&text.replace('+', "%20")));
    (decoded(name), decoded(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_taken_away() {
        for (text, meant) in [
            ("a%20b", "a b"),
            ("100%", "100%"),
            ("%zz", "%zz"),
            ("%C3%a9", "é"),
            ("%ff", "\u{fffd}"),
        ] {
            assert_eq!(decoded(&units(text)), meant);
        }
        let expected = [("q", "a b"), ("x", ""), ("y", ""), ("z", "1=2")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(pairs("q=a+b&x&&y=&z=1%3D2"), expected);
    }
}
