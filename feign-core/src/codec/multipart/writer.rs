//! The body that parts make.

use std::collections::VecDeque;
use std::fmt::Write as _;

use bytes::BytesMut;
use http::{HeaderMap, HeaderValue};

use super::Part;
use crate::body::Body;
use crate::error::BoxError;

pub(super) const BYTES: &str = "application/octet-stream";

/// Contents below this are copied between their heads, so that a small form is one piece.
const SMALL: usize = 16 << 10;

/// Parts behind each other, each behind its head.
pub(crate) struct Multipart {
    boundary: String,
    content_type: HeaderValue,
    pieces: VecDeque<Body>,
    /// What follows the last piece.
    text: BytesMut,
}

impl Multipart {
    /// Begins a body. Its boundary is random, so that no content can hold it, not even one that was made
    /// to.
    pub(crate) fn new() -> Result<Self, BoxError> {
        let mut random = [0; 16];
        getrandom::fill(&mut random)?;
        let boundary = format!("feign-{:032x}", u128::from_be_bytes(random));
        let content_type =
            HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}"))?;
        Ok(Self { boundary, content_type, pieces: VecDeque::new(), text: BytesMut::new() })
    }

    pub(crate) fn content_type(&self) -> HeaderValue {
        self.content_type.clone()
    }

    pub(crate) fn push_text(&mut self, name: &str, text: &str) {
        self.head(name, None, &HeaderMap::new());
        self.text.extend_from_slice(text.as_bytes());
        self.text.extend_from_slice(b"\r\n");
    }

    pub(crate) fn push(&mut self, name: &str, part: Part) {
        self.head(name, part.file_name.as_deref(), &part.headers);
        match part.body.as_bytes() {
            Some(bytes) if bytes.len() < SMALL => self.text.extend_from_slice(bytes),
            _ => {
                self.flush();
                self.pieces.push_back(part.body);
            }
        }
        self.text.extend_from_slice(b"\r\n");
    }

    fn head(&mut self, name: &str, file_name: Option<&str>, headers: &HeaderMap) {
        let mut head = format!("--{}\r\ncontent-disposition: form-data; name=\"", self.boundary);
        push_escaped(&mut head, name);
        if let Some(file_name) = file_name {
            head.push_str("\"; filename=\"");
            push_escaped(&mut head, file_name);
        }
        head.push_str("\"\r\n");
        self.text.extend_from_slice(head.as_bytes());
        for (name, value) in headers {
            for text in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
                self.text.extend_from_slice(text);
            }
        }
        self.text.extend_from_slice(b"\r\n");
    }

    fn flush(&mut self) {
        let text = self.text.split().freeze();
        self.pieces.push_back(Body::from(text));
    }

    pub(crate) fn finish(mut self) -> Body {
        let end = format!("--{}--\r\n", self.boundary);
        self.text.extend_from_slice(end.as_bytes());
        self.flush();
        Body::pieces(self.pieces)
    }
}

/// Whether a part can have this name: no reader agrees with another about what an escaped one is.
pub(crate) fn is_name(name: &str) -> bool {
    !name.contains(|sign: char| sign.is_ascii_control() || matches!(sign, '"' | '\\'))
}

pub(crate) const NO_NAME: &str =
    "the name of a part holds no quotes, backslashes and control characters";

/// Writes a name between quotes. RFC 7578 §4.2 leaves it as UTF-8; what would end the quotes or the line is
/// percent-encoded (§2), as browsers do, and with it what some parsers take for the beginning of an escape.
fn push_escaped(out: &mut String, name: &str) {
    for character in name.chars() {
        match character {
            '"' | '\\' | '\0'..='\x1f' | '\x7f' => {
                // Writing to a string does not fail.
                let _ = write!(out, "%{:02X}", u32::from(character));
            }
            plain => out.push(plain),
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    #[test]
    fn names_stay_between_their_quotes() {
        let mut out = String::new();
        push_escaped(&mut out, "a\"b\\c\r\n\0é ü.txt%");
        assert_eq!(out, "a%22b%5Cc%0D%0A%00é ü.txt%");
    }

    #[test]
    fn large_contents_are_not_copied() {
        let content = Bytes::from(vec![7; SMALL]);
        let mut multipart = Multipart::new().unwrap();
        multipart.push_text("title", "A cat");
        multipart.push("file", Part::bytes(content.clone()));
        assert_eq!(multipart.pieces[1].as_bytes().unwrap().as_ptr(), content.as_ptr());
        let body = multipart.finish();
        assert!(body.try_clone().is_some());
    }
}
