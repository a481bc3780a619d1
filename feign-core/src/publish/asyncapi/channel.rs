//! A topic and the messages that go there.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::names;

#[derive(Clone, Debug)]
pub(super) struct Channel {
    topic: &'static str,
    id: String,
    /// By the names of placeholders, as they are written.
    parameters: BTreeMap<&'static str, Parameter>,
    messages: Map<String, Value>,
}

/// What fills a placeholder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parameter {
    /// Any text, at each call.
    Text,
    /// One of these texts.
    Names(&'static [&'static str]),
    /// What is given when the publisher is made.
    Setting,
}

impl Channel {
    pub(super) fn new(topic: &'static str, id: String) -> Self {
        Self { topic, id, parameters: BTreeMap::new(), messages: Map::new() }
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Adds what a method fills a placeholder with; where methods differ it is any text.
    pub(super) fn add_parameter(&mut self, name: &'static str, parameter: Parameter) {
        let known = self.parameters.entry(name).or_insert(parameter);
        if *known != parameter {
            *known = Parameter::Text;
        }
    }

    pub(super) fn add_message(&mut self, id: String, message: Value) {
        self.messages.insert(id, message);
    }

    pub(super) fn to_value(&self) -> Value {
        let mut channel = Map::from_iter([
            ("address".to_owned(), Value::String(names::address(self.topic))),
            ("messages".to_owned(), Value::Object(self.messages.clone())),
        ]);
        if !self.parameters.is_empty() {
            let parameters = self.parameters.iter();
            let parameters = parameters
                .map(|(name, parameter)| (names::placeholder(name), parameter.to_value()));
            channel.insert("parameters".to_owned(), parameters.collect());
        }
        Value::Object(channel)
    }
}

impl Parameter {
    fn to_value(self) -> Value {
        match self {
            Self::Text => json!({}),
            Self::Names(names) => json!({ "enum": names }),
            Self::Setting => json!({ "description": "Given when the publisher is made." }),
        }
    }
}
