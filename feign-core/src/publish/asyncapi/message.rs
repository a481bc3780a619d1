//! What generated code tells of one event.
#![expect(missing_docs, reason = "only generated code meets these")]

use serde_json::{Value, json};

use super::channel::Parameter;
use super::document::Document;
use super::headers::Headers;
use super::text::{self, Text};
use super::{PayloadSchema, names};
use crate::publish::event::{CloudEvents, Event};
use crate::publish::payload::Payload;

/// Of the binding of AsyncAPI to Kafka.
const BINDING: &str = "0.5.0";

/// An event, as it is put together.
#[derive(Debug)]
pub struct Message<'a> {
    document: &'a mut Document,
    event: &'static Event,
    /// What the documentation of the method says.
    description: &'static str,
    filled: Vec<(&'static str, Parameter)>,
    headers: Headers,
    key: Option<Value>,
    /// `None` for a tombstone.
    payload: Option<Value>,
    /// The payload may be missing.
    is_optional: bool,
    content_type: Option<&'static str>,
}

impl<'a> Message<'a> {
    pub fn new(
        document: &'a mut Document,
        event: &'static Event,
        description: &'static str,
    ) -> Self {
        Self {
            document,
            event,
            description,
            filled: Vec::new(),
            headers: Headers::default(),
            key: None,
            payload: None,
            is_optional: false,
            content_type: None,
        }
    }

    pub fn fill(&mut self, placeholder: &'static str, text: Text) {
        self.filled.push((placeholder, text.parameter()));
    }

    pub fn key(&mut self, is_optional: bool, text: Text) {
        let key = self.document.schema(|generator| text.schema(generator));
        self.key = Some(if is_optional { nullable(&key) } else { key });
    }

    pub fn header(&mut self, name: &'static str, is_optional: bool, text: Text) {
        let schema = self.document.schema(|generator| text.schema(generator));
        self.headers.bring(name, is_optional, schema);
    }

    /// An argument brings headers of any name.
    pub const fn headers(&mut self) {
        self.headers.open();
    }

    pub fn content_type<T>(&mut self, payload: Payload<T>) {
        self.content_type = payload.content_type;
    }

    pub fn payload<T: PayloadSchema + ?Sized>(&mut self, is_optional: bool) {
        self.is_optional = is_optional;
        self.payload = Some(self.document.schema(T::payload_schema));
    }

    /// Bytes that serde has no part in.
    pub fn octets(&mut self, is_optional: bool) {
        let payload = Value::from(text::octets());
        self.is_optional = is_optional;
        self.payload = Some(if is_optional { nullable(&payload) } else { payload });
    }

    /// A payload whose type is chosen at each call.
    pub fn anything(&mut self, is_optional: bool, content_type: Option<&'static str>) {
        self.is_optional = is_optional;
        self.payload = Some(json!({}));
        self.content_type = content_type;
    }

    /// Adds the message, and the operation that sends it.
    pub fn finish(mut self) {
        self.declare_headers();
        let id = self.document.operation_id(self.event.name);
        let message = self.message();
        let channel = self.document.channel(self.event.topic);
        channel.add_message(id.clone(), message);
        for name in names::placeholders(self.event.topic) {
            let plain = name.strip_prefix("r#").unwrap_or(name);
            let filled = self.filled.iter().find(|(known, _)| *known == plain);
            channel.add_parameter(name, filled.map_or(Parameter::Setting, |(_, by)| *by));
        }
        let channel = format!("#/channels/{}", channel.id());
        let mut operation = json!({
            "action": "send",
            "channel": { "$ref": channel },
            "messages": [{ "$ref": format!("{channel}/messages/{id}") }],
        });
        if !self.description.is_empty() {
            operation["description"] = json!(self.description);
        }
        self.document.add_operation(id, operation);
    }

    /// Those of every call stand behind those of arguments, which take their place.
    fn declare_headers(&mut self) {
        for (name, value) in self.event.headers {
            self.declare_header(name, value, true);
        }
        let Some(CloudEvents { ty, source, .. }) = self.event.cloud_events else { return };
        self.declare_header("ce_specversion", "1.0", true);
        self.declare_header("ce_type", ty, true);
        self.declare_header("ce_source", source, true);
        self.headers.declare("ce_id", json!({ "type": "string" }), true);
        if let Some(content_type) = self.content_type {
            self.declare_header("content-type", content_type, !self.is_optional);
        }
    }

    fn declare_header(&mut self, name: &str, value: &str, always: bool) {
        let constant = self.headers.constant(value);
        self.headers.declare(name, constant, always);
    }

    fn message(&mut self) -> Value {
        let payload = self.payload.take().unwrap_or_else(null);
        let mut message = json!({ "name": self.event.name, "payload": payload });
        if let Some(content_type) = self.content_type {
            message["contentType"] = json!(content_type);
        }
        if let Some(headers) = std::mem::take(&mut self.headers).into_value() {
            message["headers"] = headers;
        }
        if let Some(key) = self.key.take() {
            message["bindings"] = json!({ "kafka": { "bindingVersion": BINDING, "key": key } });
        }
        message
    }
}

fn null() -> Value {
    json!({ "type": "null" })
}

fn nullable(schema: &Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}
