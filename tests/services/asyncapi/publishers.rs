//! What is described: every kind of method.

use std::collections::BTreeMap;

use feign::Bytes;
use feign::publish::asyncapi::Document;
use feign::publish::{Error, Pending, Receipt, Record};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize, JsonSchema)]
pub(crate) struct Placed {
    id: String,
    /// How it is paid.
    payment: Payment,
    lines: Vec<Line>,
    /// Orders that this one follows.
    before: Vec<Self>,
    labels: BTreeMap<String, Option<f64>>,
    place: (f32, f32),
}

/// One that holds its kind, one that is its kind.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[expect(dead_code, reason = "only described")]
enum Payment {
    Card { last: [u8; 4] },
    Invoice,
}

#[derive(Serialize, JsonSchema)]
pub(crate) struct Line {
    sku: String,
    count: u32,
}

impl Line {
    fn sku(&self) -> &str {
        &self.sku
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Überweisung (SEPA)")]
pub(crate) struct Transfer {
    iban: String,
}

#[derive(feign::Param)]
#[param(rename_all = "lowercase")]
#[expect(dead_code, reason = "only described")]
pub(crate) enum Region {
    Eu,
    Us,
}

/// Events of orders.
#[feign::publisher(settings(env))]
#[headers("x-app: shop")]
pub(crate) trait Orders {
    /// An order was *placed*.
    #[topic("{env}.orders.{region}.v1")]
    async fn placed(
        &self,
        region: Region,
        #[key] id: &str,
        #[header("x-tenant")] tenant: Option<&str>,
        #[header("x-count")] count: u32,
        #[body] event: &Placed,
    ) -> Result<Receipt, Error>;

    #[topic("{env}.orders.{region}.v1")]
    #[tombstone]
    async fn gone(&self, region: Region, #[key] id: &[u8]) -> Result<Pending, Error>;

    #[topic("{env}.lines")]
    async fn lines(
        &self,
        #[body(each, key = Line::sku)] lines: &[Line],
    ) -> Vec<Result<Receipt, Error>>;

    #[topic("{env}.lines")]
    async fn line(
        &self,
        #[key] id: Option<u64>,
        #[body] line: Option<&Line>,
    ) -> Result<Record, Error>;

    #[topic("{env}.text")]
    async fn text(&self, #[partition] at: u32, #[body] text: &str) -> Result<(), Error>;

    #[topic("{env}.bytes")]
    async fn bytes(
        &self,
        #[headers] more: &BTreeMap<String, String>,
        #[body] bytes: Bytes,
    ) -> Result<(), Error>;

    #[topic("{env}.packed")]
    #[codec(feign::codec::MsgPack)]
    async fn packed(&self, #[body] line: &Line) -> Result<(), Error>;

    #[topic("{env}.any")]
    async fn anything(&self, #[body] event: &Value) -> Result<(), Error>;

    #[topic("{env}.any")]
    async fn any<T: Serialize + Sync>(&self, #[body] event: &T) -> Result<(), Error>;
}

#[feign::publisher(cloud_events(source = "/billing"))]
pub(crate) trait Billing {
    #[topic("billing")]
    #[cloud_events(type = "com.acme.paid")]
    async fn paid(
        &self,
        #[key] id: &str,
        #[header("ce_subject")] subject: &str,
        #[body] by: &Transfer,
    ) -> Result<Receipt, Error>;
}

pub(crate) fn document() -> Value {
    let document = OrdersPublisher::asyncapi("Shop", "1.0.0").with_description("Sells *things*.");
    document.publisher::<BillingPublisher>().to_value()
}

pub(crate) fn nothing() -> Value {
    Document::new("Nothing", "0").to_value()
}
