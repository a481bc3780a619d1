//! The document, from its publishers to JSON.

use std::collections::BTreeMap;
use std::fmt;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::channel::Channel;
use super::{Described, names};

const ASYNCAPI: &str = "3.0.0";

/// An AsyncAPI 3.0 document of one publisher or several.
///
/// Each method is a message and an operation that sends it, and each topic a channel. What a body looks
/// like is said by its [`JsonSchema`](schemars::JsonSchema), as serde writes it. The text is the same for
/// the same declarations, so it can be kept in the repository and compared by a test.
///
/// ```
/// use feign::publish::{Error, Receipt, asyncapi::Document};
///
/// #[derive(serde::Serialize, schemars::JsonSchema)]
/// struct Created { total: u32 }
///
/// #[feign::publisher]
/// trait Orders {
///     #[topic("orders")]
///     async fn created(&self, #[key] id: &str, #[body] event: &Created) -> Result<Receipt, Error>;
/// }
///
/// let document = Document::new("Shop", "1.4.0").publisher::<OrdersPublisher>();
/// assert_eq!(document.to_value()["channels"]["orders"]["address"], "orders");
/// ```
#[derive(Clone, Debug)]
pub struct Document {
    info: Map<String, Value>,
    /// By their topics.
    channels: BTreeMap<&'static str, Channel>,
    operations: Map<String, Value>,
    schemas: SchemaGenerator,
}

impl Document {
    /// Makes a document without publishers; `title` and `version` are those of the service.
    #[must_use]
    pub fn new(title: impl Into<String>, version: impl Into<String>) -> Self {
        let settings = SchemaSettings::draft07().for_serialize();
        let settings = settings.with(|settings| settings.definitions_path = names::SCHEMAS.into());
        let schemas = settings.with_transform(RecursiveTransform(names::keep_reference));
        Self {
            info: Map::from_iter([
                ("title".to_owned(), Value::String(title.into())),
                ("version".to_owned(), Value::String(version.into())),
            ]),
            channels: BTreeMap::new(),
            operations: Map::new(),
            schemas: schemas.into_generator(),
        }
    }

    /// Says what the service is for; CommonMark.
    #[must_use]
    pub fn with_description(mut self, text: impl Into<String>) -> Self {
        self.info.insert("description".to_owned(), Value::String(text.into()));
        self
    }

    /// Adds what a publisher declares. Topics that several write are one channel.
    #[must_use]
    pub fn publisher<P: Described>(mut self) -> Self {
        P::describe(&mut self);
        self
    }

    /// Returns the document as JSON, each object in the order of its names.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut schemas = Map::new();
        for (name, schema) in self.schemas.clone().take_definitions(true) {
            schemas.insert(names::legal(&name), as_object(schema));
        }
        let channels = self.channels.values();
        let channels = channels.map(|channel| (channel.id().to_owned(), channel.to_value()));
        let mut document = json!({
            "asyncapi": ASYNCAPI,
            "info": self.info,
            "channels": channels.collect::<Map<_, _>>(),
            "operations": self.operations,
            "components": { "schemas": schemas },
        });
        // The order must not depend on serde_json's feature `preserve_order`.
        document.sort_all_objects();
        document
    }

    /// Returns the document as text, indented by two spaces.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.to_string()
    }

    /// Makes a schema that may refer to others of the document.
    pub(super) fn schema(&mut self, make: impl FnOnce(&mut SchemaGenerator) -> Schema) -> Value {
        let mut schema = make(&mut self.schemas);
        for transform in self.schemas.transforms_mut() {
            transform.transform(&mut schema);
        }
        as_object(schema.into())
    }

    /// Returns the channel of a topic, which is made if it is the first of it.
    pub(super) fn channel(&mut self, topic: &'static str) -> &mut Channel {
        let taken = |id: &str| self.channels.values().any(|channel| channel.id() == id);
        let id = names::free(&names::flat(topic), taken);
        self.channels.entry(topic).or_insert_with(|| Channel::new(topic, id))
    }

    /// Returns an id that no operation of the document has.
    pub(super) fn operation_id(&self, name: &str) -> String {
        names::free(&names::legal(name), |id| self.operations.contains_key(id))
    }

    pub(super) fn add_operation(&mut self, id: String, operation: Value) {
        self.operations.insert(id, operation);
    }
}

/// AsyncAPI has no `true` and `false` where a payload stands.
fn as_object(schema: Value) -> Value {
    match schema {
        Value::Bool(true) => json!({}),
        Value::Bool(false) => json!({ "not": {} }),
        schema => schema,
    }
}

/// As [`to_json`](Document::to_json).
impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.to_value())
    }
}
