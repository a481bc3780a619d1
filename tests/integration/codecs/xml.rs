//! XML.

use serde::{Deserialize, Serialize};

use crate::support::{Reply, Server};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "order")]
struct Order {
    #[serde(rename = "@id")]
    id: u32,
    note: String,
    #[serde(rename = "line", default)]
    lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Line {
    sku: String,
}

#[derive(Debug, Deserialize)]
struct Nested {
    #[serde(rename = "a")]
    inner: Option<Box<Self>>,
}

#[feign::client(codec = feign::codec::Xml)]
trait Orders {
    #[post("/")]
    async fn echo(&self, #[body] order: &Order) -> Result<Option<Order>, feign::Error>;
    #[get("/")]
    async fn nested(&self) -> Result<Nested, feign::Error>;
}

async fn client(body: &[u8]) -> (Server, OrdersClient) {
    let server = Server::always(Reply::status(200).body(body)).await;
    let client = OrdersClient::at(server.url()).unwrap();
    (server, client)
}

fn order() -> Order {
    let line = |sku: &str| Line { sku: sku.to_owned() };
    Order { id: 7, note: "<a> & \"é\"".to_owned(), lines: vec![line("A"), line("B")] }
}

#[tokio::test]
async fn there_and_back() {
    let server = Server::run(async |sent| Reply::status(200).body(sent.body)).await;
    let client = OrdersClient::at(server.url()).unwrap();
    assert_eq!(client.echo(&order()).await.unwrap(), Some(order()));
    let sent = server.take();
    assert_eq!(
        sent.text(),
        "<order id=\"7\"><note>&lt;a&gt; &amp; \"é\"</note><line><sku>A</sku></line><line><sku>B</sku></line></order>"
    );
    assert_eq!(sent.header("content-type").as_deref(), Some("application/xml"));
    assert_eq!(sent.header("accept").as_deref(), Some("application/xml"));
}

#[tokio::test]
async fn what_is_no_such_document_is_an_error() {
    let bomb = "<!DOCTYPE a [<!ENTITY b \"x\">]><order id=\"1\"><note>&b;</note></order>";
    let two = "<order id=\"1\"><note/></order><order id=\"2\"><note/></order>";
    let text = "<order id=\"1\"><note/></order> more";
    for body in [
        two,
        text,
        "<order",
        "<order id=\"1\"></note>",
        "{}",
        "<order id=\"x\"><note/></order>",
        bomb,
    ] {
        let (_server, client) = client(body.as_bytes()).await;
        let error = client.echo(&order()).await.unwrap_err();
        assert!(error.is_decode() && *error.body() == body, "{body}: {error}");
    }
    let (_server, client) = client(b"<order id=\"1\"><note>\xff</note></order>").await;
    assert!(client.echo(&order()).await.unwrap_err().is_decode());
}

/// A stack must not overflow.
#[tokio::test]
async fn depth_has_a_limit() {
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    let (_server, client) = client(nested(128).as_bytes()).await;
    assert!(client.nested().await.unwrap().inner.is_some());
    for depth in [129, 300_000] {
        let (_server, client) = self::client(nested(depth).as_bytes()).await;
        let error = client.nested().await.unwrap_err();
        assert!(error.is_decode(), "{error}");
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(source.contains("more than 128 deep"), "{source}");
    }
}
