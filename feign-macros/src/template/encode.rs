//! Literals of a template as they go over the wire.

/// Percent-encodes what may not stand in a URI as it is; `%XX` that is there already stays
/// (RFC 6570 §3.1).
pub(crate) fn encode(literal: &str) -> String {
    let bytes = literal.as_bytes();
    let mut out = String::with_capacity(literal.len());
    for (at, &byte) in bytes.iter().enumerate() {
        if is_plain(byte) || is_escape(&bytes[at..]) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Percent-encodes a name that stands where a value could: a query parameter's.
pub(crate) fn encode_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The same for a name in a form (WHATWG's `application/x-www-form-urlencoded`).
pub(crate) fn encode_field(name: &str) -> String {
    encode_name(name).replace("%20", "+").replace("%2A", "*").replace('~', "%7E")
}

/// Reserved and unreserved characters of RFC 3986.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(&byte)
}

pub(super) fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_encoded_once() {
        for (literal, sent) in [
            ("/items", "/items"),
            ("/a b", "/a%20b"),
            ("/straße/é", "/stra%C3%9Fe/%C3%A9"),
            ("/50%25", "/50%25"),
            ("100%", "100%25"),
            ("q=a:\"x\"", "q=a:%22x%22"),
            ("sam+adams", "sam+adams"),
            ("{^|`<>\\", "%7B%5E%7C%60%3C%3E%5C"),
        ] {
            assert_eq!(encode(literal), sent);
        }
        assert_eq!(encode_name("values[]"), "values%5B%5D");
        assert_eq!(encode_name("a b&c=é%20"), "a%20b%26c%3D%C3%A9%2520");
    }
}
