//! A form that is one argument: `#[body(form)]`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Answer, assert_form};
use crate::support::Server;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Order<'a> {
    sku: &'a str,
    #[serde(rename = "page-size")]
    page_size: u32,
    gift_note: Option<&'a str>,
    tags: Vec<&'a str>,
    to: Address<'a>,
}

#[derive(Serialize)]
struct Address<'a> {
    street: &'a str,
    zip: Option<u32>,
}

#[feign::client]
trait Forms {
    #[post("/")]
    async fn borrowed(&self, #[body(form)] order: &Order<'_>) -> Answer;
    #[put("/")]
    async fn owned(&self, #[body(form)] order: Order<'_>) -> Answer;
    #[patch("/")]
    async fn optional(&self, #[body(form)] order: Option<&Order<'_>>) -> Answer;
    #[post("/")]
    async fn map(&self, #[body(form)] fields: &BTreeMap<&str, Option<f64>>) -> Answer;
    #[post("/")]
    async fn value(&self, #[body(form)] value: &serde_json::Value) -> Answer;
    #[get("/")]
    async fn on_get(&self, #[body(form, allow)] fields: &BTreeMap<&str, u8>) -> Answer;
    #[post("/")]
    #[headers("content-type: application/x-www-form-urlencoded; charset=utf-8")]
    async fn renamed(&self, #[body(form)] fields: &BTreeMap<&str, u8>) -> Answer;
}

async fn client() -> (Server, FormsClient) {
    let server = Server::silent_ok().await;
    let client = FormsClient::at(server.url()).unwrap();
    (server, client)
}

fn order<'a>(note: Option<&'a str>) -> Order<'a> {
    let to = Address { street: "Rue d'É & 1", zip: None };
    Order { sku: "A+1", page_size: 2, gift_note: note, tags: vec!["x y", ""], to }
}

const SENT: &str = "sku=A%2B1&page-size=2&tags=x+y&tags=&to.street=Rue+d%27%C3%89+%26+1";

#[tokio::test]
async fn fields_are_pairs() {
    let (server, client) = client().await;
    client.borrowed(&order(None)).await.unwrap();
    assert_form(&server, SENT);
    client.owned(order(None)).await.unwrap();
    assert_form(&server, SENT);
    client.borrowed(&order(Some("line\r\nline\0"))).await.unwrap();
    assert!(server.take().text().contains("giftNote=line%0D%0Aline%00"));
    client.value(&serde_json::json!({"a": [1, true, null], "b": {"c": "d"}})).await.unwrap();
    assert_form(&server, "a=1&a=true&b.c=d");
}

#[tokio::test]
async fn none_is_no_body() {
    let (server, client) = client().await;
    client.optional(Some(&order(None))).await.unwrap();
    assert_form(&server, SENT);
    client.optional(None).await.unwrap();
    assert_eq!(server.take().header("content-type"), None);
}

#[tokio::test]
async fn a_map_brings_its_names() {
    let (server, client) = client().await;
    client
        .map(&BTreeMap::from([("a b", Some(1.5)), ("c", None), ("~*", Some(0.0))]))
        .await
        .unwrap();
    assert_form(&server, "a+b=1.5&%7E*=0");
    client.map(&BTreeMap::new()).await.unwrap();
    assert_form(&server, "");
    client.on_get(&BTreeMap::from([("a", 1)])).await.unwrap();
    assert_form(&server, "a=1");
    client.renamed(&BTreeMap::from([("a", 1)])).await.unwrap();
    let content_type = server.take().header("content-type").unwrap();
    assert_eq!(content_type, "application/x-www-form-urlencoded; charset=utf-8");
}

#[tokio::test]
async fn what_has_no_flat_form_is_not_sent() {
    let (server, client) = client().await;
    let not_finite = BTreeMap::from([("a", Some(f64::NAN))]);
    for error in [
        client.value(&serde_json::json!([1])).await.unwrap_err(),
        client.value(&serde_json::json!({"a": [[1]]})).await.unwrap_err(),
        client.map(&not_finite).await.unwrap_err(),
    ] {
        assert!(error.is_request() && error.to_string().contains("body"), "{error}");
    }
    server.assert_untouched();
}
