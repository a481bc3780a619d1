//! Names that may be keys of a document, and references to them.

use std::fmt::Write as _;

use schemars::Schema;
use serde_json::Value;

/// Where schemas are kept that others refer to.
pub(super) const SCHEMAS: &str = "#/components/schemas";

const fn is_legal(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
}

/// Makes a key of a name: letters, digits, `.`, `-` and `_`, other bytes by their number.
pub(super) fn legal(name: &str) -> String {
    let mut legal = String::with_capacity(name.len());
    for byte in name.bytes() {
        if is_legal(byte) {
            legal.push(char::from(byte));
        } else {
            // Writing to a `String` does not fail.
            _ = write!(legal, "_{byte:02X}");
        }
    }
    legal
}

/// Makes a key of a topic: `orders.{region}.v1` is `orders.region.v1`.
pub(super) fn flat(topic: &str) -> String {
    legal(&topic.replace("r#", "").replace(['{', '}'], ""))
}

/// Makes an address of a topic: each placeholder has a legal name.
pub(super) fn address(topic: &str) -> String {
    let mut address = String::with_capacity(topic.len());
    let mut rest = topic;
    for name in placeholders(topic) {
        let Some((before, behind)) = rest.split_once('{') else { break };
        let (_, behind) = behind.split_once('}').unwrap_or_default();
        address.extend([before, "{", &placeholder(name), "}"]);
        rest = behind;
    }
    address + rest
}

/// The names of a topic's placeholders, as they are written.
pub(super) fn placeholders(topic: &str) -> impl Iterator<Item = &str> {
    topic.split('{').skip(1).filter_map(|piece| piece.split_once('}')).map(|(name, _)| name)
}

/// Makes the name of a parameter, which has no dots.
pub(super) fn placeholder(name: &str) -> String {
    legal(name.strip_prefix("r#").unwrap_or(name)).replace('.', "_")
}

/// Adds a number to a name that is taken.
pub(super) fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let (mut free, mut number) = (name.to_owned(), 1_u64);
    while taken(&free) {
        number += 1;
        free = format!("{name}_{number}");
    }
    free
}

/// Lets a reference of schemars name the schema by its key.
pub(super) fn keep_reference(schema: &mut Schema) {
    let Some(Value::String(reference)) = schema.get_mut("$ref") else { return };
    let name = reference.strip_prefix(SCHEMAS).and_then(|rest| rest.strip_prefix('/'));
    let Some(name) = name else { return };
    if !name.bytes().all(is_legal) {
        *reference = format!("{SCHEMAS}/{}", legal(&decoded(name)));
    }
}

/// Takes the escapes of a URI's fragment and of a JSON pointer away.
fn decoded(name: &str) -> String {
    let mut pieces = name.split('%');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let cut = piece.split_at_checked(2);
        match cut.and_then(|(digits, rest)| Some((u8::from_str_radix(digits, 16).ok()?, rest))) {
            Some((byte, rest)) => {
                bytes.push(byte);
                bytes.extend_from_slice(rest.as_bytes());
            }
            None => bytes.extend_from_slice(piece.as_bytes()),
        }
    }
    String::from_utf8_lossy(&bytes).replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_hold_only_what_keys_may_hold() {
        assert_eq!(legal("Envelope_for_A.b-1"), "Envelope_for_A.b-1");
        assert_eq!(legal("a b/ö"), "a_20b_2F_C3_B6");
        assert_eq!(flat("orders.{region}.v1"), "orders.region.v1");
        assert_eq!(address("{env}.orders.{r#type}"), "{env}.orders.{type}");
        assert_eq!(address("orders"), "orders");
        assert_eq!(address("{größe}"), "{gr_C3_B6_C3_9Fe}");
        assert_eq!(free("a", |name| ["a", "a_2"].contains(&name)), "a_3");
    }

    #[test]
    fn references_name_the_key_of_their_schema() {
        for (name, encoded) in
            [("Plain", "Plain"), ("a b/ö~%", "a%20b~1%C3%B6~0%25"), ("a(b", "a(b")]
        {
            let mut schema = Schema::new_ref(format!("{SCHEMAS}/{encoded}"));
            keep_reference(&mut schema);
            let expected = format!("{SCHEMAS}/{}", legal(name));
            assert_eq!(schema.get("$ref"), Some(&Value::String(expected)));
        }
        let mut other = Schema::new_ref("https://acme.com/a%20b".to_owned());
        keep_reference(&mut other);
        assert_eq!(other, Schema::new_ref("https://acme.com/a%20b".to_owned()));
    }
}
