//! What a trait declares, as an AsyncAPI document.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::SystemTime;

use feign::Bytes;
use feign::publish::asyncapi::Document;
use feign::publish::{Error, Pending, Receipt, Record};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

#[derive(Serialize, JsonSchema)]
struct Placed {
    /// The number of the order.
    id: String,
    lines: Vec<Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Line {
    sku: String,
    #[serde(rename = "howMany")]
    count: u32,
}

impl Line {
    fn sku(&self) -> &str {
        &self.sku
    }
}

#[feign::publisher]
trait Orders {
    /// Says that an order was placed.
    ///
    /// Once for each order.
    #[topic("orders.placed")]
    async fn placed(&self, #[key] id: &str, #[body] event: &Placed) -> Result<Receipt, Error>;
}

#[test]
fn a_small_document_is_known_to_the_letter() {
    let document = OrdersPublisher::asyncapi("Shop", "1.0.0").with_description("Sells things.");
    assert_eq!(document.to_json(), include_str!("asyncapi.json").trim_end());
    assert_eq!(document.to_json(), format!("{document}"));
}

mod renamed {
    use super::*;

    #[derive(Serialize, JsonSchema)]
    struct Placed {
        number: String,
        lines: Vec<Line>,
        note: Option<String>,
    }

    #[feign::publisher]
    pub(super) trait Orders {
        #[topic("orders.placed")]
        async fn placed(&self, #[key] id: &str, #[body] event: &Placed) -> Result<Receipt, Error>;
    }
}

#[test]
fn a_renamed_field_is_seen() {
    let schemas = |document: Document| document.to_value()["components"]["schemas"].clone();
    let before = schemas(OrdersPublisher::asyncapi("Shop", "1.0.0"));
    let after = schemas(renamed::OrdersPublisher::asyncapi("Shop", "1.0.0"));
    assert_eq!(before["Placed"]["required"], json!(["id", "lines"]));
    // Always sent, as nothing skips it.
    assert_eq!(after["Placed"]["required"], json!(["number", "lines", "note"]));
    assert_eq!(before["Line"], after["Line"]);
}

#[derive(feign::Param, JsonSchema)]
#[expect(dead_code, reason = "only described")]
enum Region {
    // Another name than schemars knows.
    #[param(rename = "eu")]
    Eu,
    #[param(rename = "us")]
    Us,
}

#[derive(feign::Param)]
struct Shop(Region);

#[derive(Serialize, JsonSchema)]
#[expect(dead_code, reason = "only described")]
#[serde(rename_all = "lowercase")]
enum Channel {
    Web,
    Till,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Grüße (T)")]
struct Greeting<'a> {
    text: Cow<'a, str>,
}

#[feign::publisher(settings(env))]
#[headers("X-App: shop", "x-team: orders")]
trait Every {
    #[topic("{env}.{region}.v1")]
    #[allow(clippy::too_many_arguments, reason = "each role once")]
    async fn roles<'a>(
        &self,
        region: Region,
        #[key] id: &'a [u8],
        #[header("x-shop")] shop: Option<&'a Shop>,
        #[header("x-count")] count: u32,
        #[header("x-channel", serde)] channel: &Channel,
        #[header("x-team")] team: Option<&str>,
        #[partition_key] by: u64,
        #[timestamp] at: SystemTime,
        #[body] event: &Greeting<'a>,
    ) -> Result<Pending, Error>;

    #[topic("{env}.{region}.v1")]
    async fn any_region(
        &self,
        region: &str,
        #[key] id: &str,
        #[body] event: &str,
    ) -> Result<(), Error>;

    #[topic("bag")]
    async fn bag(
        &self,
        #[headers] more: &BTreeMap<String, String>,
        #[body] event: Bytes,
    ) -> Result<Record, Error>;

    #[topic("maybe")]
    async fn maybe(
        &self,
        #[key] id: Option<u64>,
        #[body] event: Option<&Line>,
    ) -> Result<(), Error>;

    #[topic("maybe")]
    #[tombstone]
    async fn gone(&self, #[key(display)] id: u64) -> Result<(), Error>;

    #[topic("octets")]
    async fn octets(&self, #[body] event: Option<&[u8]>) -> Result<(), Error>;

    #[topic("forced")]
    async fn forced(&self, #[body(json)] event: Vec<u8>) -> Result<(), Error>;

    #[topic("bulk")]
    async fn bulk(
        &self,
        #[body(each, key = Line::sku)] events: &[Line],
    ) -> Vec<Result<Receipt, Error>>;

    #[topic("bulk")]
    async fn moved(
        &self,
        #[body(each, key = Line::sku)] events: Vec<Line>,
    ) -> Vec<Result<Receipt, Error>>;

    #[topic("packed")]
    #[codec(feign::codec::MsgPack)]
    async fn packed(&self, #[body] event: &Line) -> Result<(), Error>;

    #[topic("anything")]
    async fn anything(&self, #[body] event: &Value) -> Result<(), Error>;

    #[topic("generic")]
    async fn generic<T: Serialize + Sync>(&self, #[body] event: &T) -> Result<(), Error>;

    #[cfg(any())]
    #[topic("never")]
    async fn never(&self, #[body] event: &NoSuchType) -> Result<(), Error>;
}

fn every() -> Value {
    EveryPublisher::asyncapi("Shop", "1.0.0").to_value()
}

#[track_caller]
fn message(channel: &str, name: &str) -> Value {
    every()["channels"][channel]["messages"][name].clone()
}

#[test]
fn every_method_is_an_operation_that_sends_its_message() {
    let document = every();
    let operations = document["operations"].as_object().expect("operations");
    assert_eq!(operations.len(), 12);
    for (id, operation) in operations {
        assert_eq!(operation["action"], "send");
        let at = |reference: &Value| {
            let reference = reference["$ref"].as_str().expect("a reference");
            document.pointer(reference.trim_start_matches('#')).cloned().expect(reference)
        };
        assert!(at(&operation["channel"])["address"].is_string());
        assert_eq!(at(&operation["messages"][0])["name"], id.as_str());
    }
    let address = |id: &str| document["channels"][id]["address"].clone();
    assert_eq!(address("env.region.v1"), "{env}.{region}.v1");
    let parameters = &document["channels"]["env.region.v1"]["parameters"];
    assert_eq!(parameters["env"], json!({ "description": "Given when the publisher is made." }));
    // One method takes two names, another one any text.
    assert_eq!(parameters["region"], json!({}));
}

#[test]
fn each_role_is_described() {
    let roles = message("env.region.v1", "Every.roles");
    let text = json!({ "type": "string" });
    let fixed = |value: &str| json!({ "type": "string", "const": value });
    let headers = json!({
        "type": "object",
        "properties": {
            "X-App": fixed("shop"),
            "x-team": { "anyOf": [text, fixed("orders")] },
            "x-shop": { "type": "string", "enum": ["eu", "us"] },
            "x-count": { "type": "integer", "format": "uint32", "minimum": 0 },
            "x-channel": { "$ref": "#/components/schemas/Channel" },
        },
        "required": ["X-App", "x-channel", "x-count", "x-team"],
    });
    assert_eq!(roles["headers"], headers);
    let octets = json!({ "type": "string", "format": "binary" });
    assert_eq!(roles["bindings"]["kafka"], json!({ "bindingVersion": "0.5.0", "key": octets }));
    let reference = json!({ "$ref": "#/components/schemas/Gr_C3_BC_C3_9Fe_20_28T_29" });
    assert_eq!(
        (&roles["payload"], &roles["contentType"]),
        (&reference, &json!("application/json"))
    );
    let schemas = &every()["components"]["schemas"];
    assert!(schemas["Gr_C3_BC_C3_9Fe_20_28T_29"]["properties"]["text"].is_object());
    assert_eq!(schemas["Channel"]["enum"], json!(["web", "till"]));
    let bag = message("bag", "Every.bag");
    let fixed = |value: &str| json!({ "type": "string", "default": value });
    let properties = json!({ "X-App": fixed("shop"), "x-team": fixed("orders") });
    assert_eq!(bag["headers"]["properties"], properties);
    assert_eq!(bag["bindings"], Value::Null);
}

#[test]
fn each_body_is_described() {
    let line = json!({ "$ref": "#/components/schemas/Line" });
    let nothing = json!({ "type": "null" });
    let octets = json!({ "type": "string", "format": "binary" });
    let bytes = json!({ "type": "integer", "format": "uint8", "minimum": 0, "maximum": 255 });
    for (channel, name, payload, content_type) in [
        (
            "env.region.v1",
            "any_region",
            json!({ "type": "string" }),
            Some("text/plain; charset=utf-8"),
        ),
        ("bag", "bag", octets.clone(), Some("application/octet-stream")),
        ("maybe", "maybe", json!({ "anyOf": [line, nothing] }), Some("application/json")),
        ("maybe", "gone", nothing.clone(), None),
        (
            "octets",
            "octets",
            json!({ "anyOf": [octets, nothing] }),
            Some("application/octet-stream"),
        ),
        ("forced", "forced", json!({ "type": "array", "items": bytes }), Some("application/json")),
        ("bulk", "bulk", line.clone(), Some("application/json")),
        ("bulk", "moved", line.clone(), Some("application/json")),
        ("packed", "packed", line.clone(), Some("application/vnd.msgpack")),
        ("anything", "anything", json!({}), Some("application/json")),
        ("generic", "generic", json!({}), None),
    ] {
        let message = message(channel, &format!("Every.{name}"));
        assert_eq!(message["payload"], payload, "{name}");
        assert_eq!(message["contentType"].as_str(), content_type, "{name}");
    }
}

#[test]
fn each_key_is_described() {
    let text = json!({ "type": "string" });
    let number = json!({ "type": "integer", "format": "uint64", "minimum": 0 });
    let maybe = json!({ "anyOf": [number, { "type": "null" }] });
    for (channel, name, key) in [
        ("maybe", "maybe", &maybe),
        ("maybe", "gone", &text),
        ("bulk", "bulk", &text),
        ("bulk", "moved", &text),
    ] {
        let message = message(channel, &format!("Every.{name}"));
        assert_eq!(&message["bindings"]["kafka"]["key"], key, "{name}");
    }
}

#[feign::publisher(cloud_events(source = "/orders"))]
trait Cloud {
    #[topic("orders.placed")]
    #[cloud_events(type = "com.acme.placed")]
    async fn placed(
        &self,
        #[header("ce_subject")] subject: Option<&str>,
        #[header("ce_id")] id: &str,
        #[body] event: Option<&Placed>,
    ) -> Result<(), Error>;
}

#[feign::publisher]
trait Generic<T: Serialize + Send + Sync> {
    #[topic("generic.{of}")]
    async fn of(&self, of: &T, #[body] event: &T) -> Result<(), Error>
    where
        T: feign::param::Param;
}

#[test]
fn a_cloud_event_has_its_headers() {
    let document = CloudPublisher::asyncapi("Shop", "1.0.0").to_value();
    let headers = &document["channels"]["orders.placed"]["messages"]["Cloud.placed"]["headers"];
    assert_eq!(headers["properties"]["ce_type"]["const"], "com.acme.placed");
    assert_eq!(headers["properties"]["ce_source"]["const"], "/orders");
    assert_eq!(headers["properties"]["ce_specversion"]["const"], "1.0");
    assert_eq!(headers["properties"]["content-type"]["const"], "application/json");
    // A tombstone has no content type.
    let required = json!(["ce_id", "ce_source", "ce_specversion", "ce_type"]);
    assert_eq!(headers["required"], required);
}

#[test]
fn several_publishers_share_channels_and_schemas() {
    let document = Document::new("Shop", "2")
        .publisher::<CloudPublisher>()
        .publisher::<OrdersPublisher>()
        .publisher::<renamed::OrdersPublisher>();
    let document = document.to_value();
    assert_eq!(document["channels"].as_object().expect("channels").len(), 1);
    let operations: Vec<_> =
        document["operations"].as_object().expect("operations").keys().collect();
    assert_eq!(operations, ["Cloud.placed", "Orders.placed", "Orders.placed_2"]);
    let messages = &document["channels"]["orders.placed"]["messages"];
    let reference = |name: &str| messages[name]["payload"]["$ref"].clone();
    assert_eq!(reference("Orders.placed"), "#/components/schemas/Placed");
    assert_eq!(reference("Orders.placed_2"), "#/components/schemas/Placed2");
}

#[test]
fn a_generic_publisher_is_described_by_its_arguments() {
    let document = GenericPublisher::<String>::asyncapi("Shop", "1.0.0").to_value();
    let channel = &document["channels"]["generic.of"];
    assert_eq!(channel["messages"]["Generic.of"]["payload"], json!({ "type": "string" }));
}
