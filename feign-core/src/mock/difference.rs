//! What a route expects of a request, and what it got instead.

use std::fmt;
use std::sync::Arc;

use http::HeaderName;
use serde_json::Value;

use super::pattern::Variables;
use super::received::{Received, value_of};

/// One thing that a route expects.
#[derive(Clone)]
pub(super) enum Condition {
    Path { name: String, value: String },
    Query { name: String, value: String },
    Header { name: HeaderName, value: String },
    Json(Value),
    Holds { what: String, predicate: Arc<Predicate> },
}

pub(super) type Predicate = dyn Fn(&Received) -> bool + Send + Sync;

impl Condition {
    /// Adds a line for each difference.
    pub(super) fn compare(
        &self,
        received: &Received,
        variables: &Variables,
        shown: Option<&Variables>,
        lines: &mut Vec<String>,
    ) {
        match self {
            Self::Path { name, value } if is_hidden(name, variables, shown) => {
                let mut came = variables.iter().filter(|(key, _)| key == name);
                if !came.any(|(_, came)| came == value) {
                    lines.push(format!("path `{name}`: {NOT_SHOWN}"));
                }
            }
            Self::Query { name, value } if received.hides_query(name) => {
                if !received.query_all(name).any(|came| came == value) {
                    lines.push(format!("query `{name}`: {NOT_SHOWN}"));
                }
            }
            Self::Path { name, value } => {
                let came = variables.iter().filter(|(key, _)| key == name);
                one_of(&format!("path `{name}`"), value, came.map(|(_, came)| &**came), lines);
            }
            Self::Query { name, value } => {
                one_of(&format!("query `{name}`"), value, received.query_all(name), lines);
            }
            Self::Header { name, value } => header(name, value, received, lines),
            Self::Json(expected) => match serde_json::from_slice::<Value>(received.body()) {
                Ok(came) if received.hides_body() => {
                    if *expected != came {
                        lines.push(format!("body: {NOT_SHOWN}"));
                    }
                }
                Ok(came) => {
                    let shown = |value: &Value| {
                        let text = received.rules().text(&value.to_string());
                        serde_json::from_str(&text).unwrap_or(Value::Null)
                    };
                    let (expected_shown, came_shown) = (shown(expected), shown(&came));
                    let expected = Some(Side { value: expected, shown: &expected_shown });
                    json("", expected, Some(Side { value: &came, shown: &came_shown }), lines);
                }
                Err(_) if received.body().is_empty() => {
                    lines.push("body: expected JSON, got none".to_owned());
                }
                Err(error) => lines.push(format!("body: expected JSON, got what is none: {error}")),
            },
            Self::Holds { what, predicate } => {
                if !predicate(received) {
                    lines.push(format!("{what}: expected to hold, but does not"));
                }
            }
        }
    }
}

/// Compares with values of which one has to be the expected one.
fn one_of<'a>(
    what: &str,
    expected: &str,
    came: impl Iterator<Item = &'a str>,
    lines: &mut Vec<String>,
) {
    let came: Vec<_> = came.collect();
    if !came.contains(&expected) {
        let got = match &*came {
            [] => "none".to_owned(),
            came => came.iter().map(|came| format!("{came:?}")).collect::<Vec<_>>().join(", "),
        };
        lines.push(format!("{what}: expected {expected:?}, got {got}"));
    }
}

/// Whether a variable of the path is shown to nobody: then it reads as something else.
fn is_hidden(name: &str, variables: &Variables, shown: Option<&Variables>) -> bool {
    shown.is_none_or(|shown| !value_of(variables, name).eq(value_of(shown, name)))
}

fn header(name: &HeaderName, expected: &str, received: &Received, lines: &mut Vec<String>) {
    let all = received.headers().get_all(name);
    if all.iter().any(|value| value.as_bytes() == expected.as_bytes()) {
        return;
    }
    let what = format!("header `{name}`");
    match all.iter().next() {
        Some(value) if received.hides_header(name, Some(value)) => {
            lines.push(format!("{what}: {NOT_SHOWN}"));
        }
        None if received.hides_header(name, None) => {
            lines.push(format!("{what}: expected a value (not shown), got none"));
        }
        _ => {
            let came: Vec<_> =
                all.iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
            one_of(&what, expected, came.iter().map(|came| &**came), lines);
        }
    }
}

/// What is said where both sides are secrets.
const NOT_SHOWN: &str = "expected another value (neither is shown)";

/// A value, and what of it may be shown.
#[derive(Clone, Copy)]
struct Side<'a> {
    value: &'a Value,
    shown: &'a Value,
}

impl<'a> Side<'a> {
    /// What stands for the whole stands for its parts.
    fn get<I: serde_json::value::Index + Copy>(self, index: I) -> Option<Self> {
        let value = self.value.get(index)?;
        Some(Self { value, shown: self.shown.get(index).unwrap_or(self.shown) })
    }
}

/// Compares JSON leaf by leaf; `at` is a pointer of RFC 6901.
fn json(at: &str, expected: Option<Side<'_>>, came: Option<Side<'_>>, lines: &mut Vec<String>) {
    match (expected.map(|side| (side, side.value)), came.map(|side| (side, side.value))) {
        (Some((expected, Value::Object(keys))), Some((came, Value::Object(others)))) => {
            let more = others.keys().filter(|key| !keys.contains_key(*key));
            for key in keys.keys().chain(more) {
                let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                json(&at, expected.get(&**key), came.get(&**key), lines);
            }
        }
        (Some((expected, Value::Array(items))), Some((came, Value::Array(others)))) => {
            for index in 0..items.len().max(others.len()) {
                json(&format!("{at}/{index}"), expected.get(index), came.get(index), lines);
            }
        }
        (expected, came) if expected.map(|(_, value)| value) == came.map(|(_, value)| value) => {}
        _ => lines.push(format!("body `{at}`: expected {}, got {}", Leaf(expected), Leaf(came))),
    }
}

struct Leaf<'a>(Option<Side<'a>>);

impl fmt::Display for Leaf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(Side { shown, .. }) => write!(f, "{shown}"),
            None => f.write_str("nothing"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Side;

    fn compare(expected: &Value, came: &Value, lines: &mut Vec<String>) {
        let [expected, came] = [expected, came].map(|value| Some(Side { value, shown: value }));
        super::json("", expected, came, lines);
    }

    #[test]
    fn json_is_compared_leaf_by_leaf() {
        let mut lines = Vec::new();
        let expected = json!({"a": 1, "b": [1, {"c/d": "x"}], "e": null, "same": {"x": []}});
        let came = json!({"a": 1.0, "b": [1, {"c/d": "y"}, 3], "f": true, "same": {"x": []}});
        compare(&expected, &came, &mut lines);
        assert_eq!(
            lines,
            [
                "body `/a`: expected 1, got 1.0",
                "body `/b/1/c~1d`: expected \"x\", got \"y\"",
                "body `/b/2`: expected nothing, got 3",
                "body `/e`: expected null, got nothing",
                "body `/f`: expected nothing, got true",
            ]
        );
        lines.clear();
        compare(&json!([1]), &json!({"a": 1}), &mut lines);
        assert_eq!(lines, ["body ``: expected [1], got {\"a\":1}"]);
    }
}
