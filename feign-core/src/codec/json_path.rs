//! Where in a JSON document a reader stopped, in words: `items[2].price`.
//!
//! Found in the text, from the position that serde_json reports. Reading a second time through a type
//! that keeps track would be compiled once more for each of the user's types, which costs their build
//! more than all that a declared method does.

use std::fmt::Write as _;

enum Step {
    Key(String),
    Item(usize),
}

/// Returns the path of the value in which, or at whose end, the reader stopped; `None` for the whole
/// document.
pub(crate) fn path_to(error: &serde_json::Error, json: &[u8]) -> Option<String> {
    let mut steps = Vec::new();
    walk(read_until(error, json), &mut steps);
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Key(key) if key.is_empty() => {}
            Step::Key(key) if path.is_empty() => path = key,
            Step::Key(key) => path = path + "." + &key,
            Step::Item(at) => write!(path, "[{at}]").unwrap_or_default(),
        }
    }
    (!path.is_empty()).then_some(path)
}

/// The part of the document that was read.
fn read_until<'a>(error: &serde_json::Error, json: &'a [u8]) -> &'a [u8] {
    let lines = json.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.take(error.line().saturating_sub(1)).map(<[u8]>::len).sum();
    json.get(..before + error.column()).unwrap_or(json)
}

/// Follows the text to its end; a value that is complete stays until the comma behind it.
fn walk(mut json: &[u8], steps: &mut Vec<Step>) {
    // Whether the next string is a key.
    let mut key = false;
    while let [byte, rest @ ..] = json {
        json = rest;
        match byte {
            b'{' => {
                steps.push(Step::Key(String::new()));
                key = true;
            }
            b'[' => steps.push(Step::Item(0)),
            b'}' | b']' => drop(steps.pop()),
            b',' => match steps.last_mut() {
                Some(Step::Item(at)) => *at += 1,
                _ => key = true,
            },
            b'"' => {
                let text = string(&mut json);
                if std::mem::take(&mut key)
                    && let Some(Step::Key(name)) = steps.last_mut()
                {
                    *name = text;
                }
            }
            _ => {}
        }
    }
}

/// Takes a string whose opening quote is taken.
fn string(json: &mut &[u8]) -> String {
    let mut escaped = false;
    let end = json.iter().position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    let (text, rest) = json.split_at(end.unwrap_or(json.len()));
    *json = rest.get(1..).unwrap_or_default();
    String::from_utf8_lossy(text).into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    struct Page {
        #[serde(rename = "items")]
        _items: Vec<Item>,
        #[serde(rename = "total")]
        _total: u32,
    }

    #[derive(Debug, Deserialize)]
    struct Item {
        #[serde(rename = "id")]
        _id: u64,
        #[serde(rename = "tags", default)]
        _tags: Vec<String>,
        #[serde(rename = "inner")]
        _inner: Option<Box<Self>>,
        #[serde(rename = "map", default)]
        _map: BTreeMap<String, Vec<u8>>,
    }

    #[test]
    fn names_the_value_where_the_reader_stopped() {
        for (json, path) in [
            (r#"{"items":[{"id":1},{"id":"x"}],"total":1}"#, Some("items[1].id")),
            (r#"{"items":[{"id":1},{}],"total":1}"#, Some("items[1]")),
            (r#"{"items":[{"id":1,"tags":["a","b,]}\"",3]}],"total":1}"#, Some("items[0].tags[2]")),
            (
                r#"{"items":[{"id":1,"inner":{"id":2,"inner":{"id":[1]}}}]}"#,
                Some("items[0].inner.inner.id"),
            ),
            (r#"{"items":[{"id":1,"map":{"k":[1,2,300]}}]}"#, Some("items[0].map.k[2]")),
            (r#"{"items":[],"total":"x"}"#, Some("total")),
            ("{\n \"items\": [\n {\"id\": 1},\n  {\"id\": true}\n ]\n}", Some("items[1].id")),
            (r#"{"items":[]}"#, None),
            ("<html>", None),
            ("null", None),
            ("", None),
        ] {
            let error = serde_json::from_str::<Page>(json).expect_err(json);
            assert_eq!(super::path_to(&error, json.as_bytes()).as_deref(), path, "{json}");
        }
    }
}
