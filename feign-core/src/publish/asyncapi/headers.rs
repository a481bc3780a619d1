//! The headers of a message, as the schema of an object.

use std::collections::BTreeSet;

use serde_json::map::Entry;
use serde_json::{Map, Value, json};

#[derive(Debug, Default)]
pub(super) struct Headers {
    properties: Map<String, Value>,
    required: BTreeSet<String>,
    /// An argument may bring any header, in place of a declared one too.
    is_open: bool,
}

impl Headers {
    pub(super) const fn open(&mut self) {
        self.is_open = true;
    }

    /// Adds one that an argument brings.
    pub(super) fn bring(&mut self, name: &str, is_optional: bool, schema: Value) {
        self.properties.insert(name.to_owned(), schema);
        if !is_optional {
            self.required.insert(name.to_owned());
        }
    }

    /// Adds one that is sent where no argument brings it, `always` or with a body only.
    pub(super) fn declare(&mut self, name: &str, schema: Value, always: bool) {
        if self.required.contains(name) {
            return;
        }
        match self.properties.entry(name) {
            Entry::Vacant(place) => _ = place.insert(schema),
            Entry::Occupied(mut place) => {
                let brought = place.get_mut().take();
                place.insert(json!({ "anyOf": [brought, schema] }));
            }
        }
        if always {
            self.required.insert(name.to_owned());
        }
    }

    /// Makes the schema of a value that is always the same.
    pub(super) fn constant(&self, value: &str) -> Value {
        let word = if self.is_open { "default" } else { "const" };
        json!({ "type": "string", word: value })
    }

    /// Returns nothing where there are no headers.
    pub(super) fn into_value(self) -> Option<Value> {
        if self.properties.is_empty() && !self.is_open {
            return None;
        }
        let mut headers = Map::from_iter([
            ("type".to_owned(), Value::String("object".to_owned())),
            ("properties".to_owned(), Value::Object(self.properties)),
        ]);
        if !self.required.is_empty() {
            headers.insert("required".to_owned(), self.required.into_iter().collect());
        }
        Some(Value::Object(headers))
    }
}
