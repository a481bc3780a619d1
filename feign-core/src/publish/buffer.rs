//! The bytes of a record while it is filled.

use std::mem;

/// Key, headers and payload, one behind the other. It is text for as long as only text was written, since
/// arguments write into a `String`: bytes would have to be checked for each of them.
#[derive(Debug)]
pub(super) enum Buffer {
    Text(String),
    Octets(Vec<u8>),
}

impl Buffer {
    /// Makes an empty one with so much room at least, in that of `octets`.
    pub(super) fn new(mut octets: Vec<u8>, room: usize) -> Self {
        octets.clear();
        octets.reserve(room);
        Self::Text(String::from_utf8(octets).unwrap_or_default())
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Octets(octets) => octets.len(),
        }
    }

    pub(super) fn push_str(&mut self, more: &str) {
        match self {
            Self::Text(text) => text.push_str(more),
            Self::Octets(octets) => octets.extend_from_slice(more.as_bytes()),
        }
    }

    /// The bytes, to be appended to; from here on it is no text.
    pub(super) fn octets(&mut self) -> &mut Vec<u8> {
        if let Self::Text(text) = self {
            *self = Self::Octets(mem::take(text).into_bytes());
        }
        match self {
            Self::Octets(octets) => octets,
            Self::Text(_) => unreachable!("made octets above"),
        }
    }

    pub(super) fn into_octets(self) -> Vec<u8> {
        match self {
            Self::Text(text) => text.into_bytes(),
            Self::Octets(octets) => octets,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_behind_bytes_that_are_none_is_appended_too() {
        let mut buffer = Buffer::new(vec![0xff], 4);
        buffer.push_str("ä");
        buffer.octets().push(0xff);
        buffer.push_str("b");
        assert_eq!((buffer.len(), buffer.into_octets()), (4, vec![0xc3, 0xa4, 0xff, b'b']));
    }
}
