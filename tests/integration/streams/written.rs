//! `Ndjson<T>` as a body.

use std::collections::BTreeMap;
use std::convert::Infallible;

use feign::{Body, Ndjson, Request};
use futures_util::stream;
use tokio::sync::mpsc;

use super::{Item, answered, item};
use crate::support::{Reply, Server};

#[feign::client]
trait Import {
    #[post("/import")]
    async fn import(&self, #[body] items: Ndjson<Item>) -> Result<(), feign::Error>;
    #[post("/import")]
    async fn optional(&self, #[body] items: Option<Ndjson<Item>>) -> Result<(), feign::Error>;
    #[post("/import")]
    async fn typed(
        &self,
        #[header("content-type")] kind: &str,
        #[body] items: Ndjson<Item>,
    ) -> Result<(), feign::Error>;
    #[post("/import")]
    async fn unsent(&self, #[body] items: Ndjson<u64>) -> Result<Request<Body>, feign::Error>;
    #[post("/import")]
    async fn unwritable(
        &self,
        #[body] items: Ndjson<BTreeMap<(u8, u8), u8>>,
    ) -> Result<(), feign::Error>;
    #[get("/export")]
    async fn export(&self) -> Result<Ndjson<Item>, feign::Error>;
}

#[tokio::test]
async fn a_line_for_each_item() {
    let server = Server::silent_ok().await;
    let client = ImportClient::at(server.url()).unwrap();
    client.import(Ndjson::from_iter([item(1, "a\nb"), item(2, "é")])).await.unwrap();
    let sent = server.take();
    assert_eq!(sent.text(), "{\"id\":1,\"name\":\"a\\nb\"}\n{\"id\":2,\"name\":\"é\"}\n");
    assert_eq!(sent.header("content-type").as_deref(), Some("application/x-ndjson"));
    assert_eq!(sent.header("transfer-encoding").as_deref(), Some("chunked"));

    client.import(Ndjson::from_iter([])).await.unwrap();
    assert_eq!(server.take().text(), "");
    client.typed("application/jsonl", Ndjson::from_iter([item(1, "a")])).await.unwrap();
    assert_eq!(server.take().header("content-type").as_deref(), Some("application/jsonl"));
    client.optional(None).await.unwrap();
    let none = server.take();
    assert_eq!(
        (none.header("content-type"), none.header("content-length").as_deref()),
        (None, Some("0"))
    );
    client.optional(Some(Ndjson::from_iter([item(1, "a")]))).await.unwrap();
    assert_eq!(server.take().text(), "{\"id\":1,\"name\":\"a\"}\n");
}

/// Items that come fast share a piece, and each piece is small.
#[tokio::test]
async fn many_items_in_few_pieces() {
    let client = ImportClient::at("http://h.example").unwrap();
    let request = client.unsent(Ndjson::from_iter(0..100_000)).await.unwrap();
    assert!(request.body().try_clone().is_none(), "it can be sent only once");
    let mut body = request.into_body();
    let (mut pieces, mut largest, mut text) = (0, 0, Vec::new());
    while let Some(piece) = body.next().await {
        let piece = piece.unwrap();
        (pieces, largest) = (pieces + 1, largest.max(piece.len()));
        text.extend_from_slice(&piece);
    }
    let wanted: String = (0..100_000).map(|n| format!("{n}\n")).collect();
    assert_eq!(text, wanted.as_bytes());
    assert!(pieces < 100 && largest < 9_000, "{pieces} pieces, the largest of {largest} bytes");
}

/// An item that comes late is sent at once, and what was there before it is not kept waiting.
#[tokio::test]
async fn a_late_item_is_not_kept() {
    let (items, receiver) = mpsc::channel(8);
    let lines = stream::unfold(receiver, |mut receiver| async move {
        Some((Ok::<u64, Infallible>(receiver.recv().await?), receiver))
    });
    let client = ImportClient::at("http://h.example").unwrap();
    let mut body = client.unsent(Ndjson::from_stream(lines)).await.unwrap().into_body();
    for item in [1, 2] {
        items.send(item).await.unwrap();
    }
    assert_eq!(body.next().await.unwrap().unwrap(), "1\n2\n");
    items.send(3).await.unwrap();
    assert_eq!(body.next().await.unwrap().unwrap(), "3\n");
    drop(items);
    assert!(body.next().await.is_none());
}

/// What is read from one service is written to another, item by item.
#[tokio::test]
async fn a_result_is_a_body() {
    let source: ImportClient = answered(
        "application/x-ndjson",
        vec![
            "{\"id\":1, \"name\":\"a\", \"more\":0}\n\n{\"id\"".into(),
            ":2,\"name\":\"b\"}".into(),
        ],
    );
    let sink = Server::silent_ok().await;
    let items = source.export().await.unwrap();
    ImportClient::at(sink.url()).unwrap().import(items).await.unwrap();
    assert_eq!(sink.only().text(), "{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":\"b\"}\n");
}

fn chain(error: &feign::Error) -> String {
    let mut text = error.to_string();
    let mut error: &dyn std::error::Error = error;
    while let Some(source) = error.source() {
        text = format!("{text}: {source}");
        error = source;
    }
    text
}

/// A source that fails, and an item that cannot be written, end the call with the cause.
#[tokio::test]
async fn what_fails_fails_the_call() {
    let server = Server::always(Reply::status(200)).await;
    let client = ImportClient::at(server.url()).unwrap();
    let rows = stream::iter([Ok(item(1, "a")), Err("the cursor is gone")]);
    let error = client.import(Ndjson::from_stream(rows)).await.unwrap_err();
    assert!(chain(&error).contains("the cursor is gone"), "{}", chain(&error));

    let source: ImportClient = answered("application/x-ndjson", vec!["nonsense\n".into()]);
    let error = client.import(source.export().await.unwrap()).await.unwrap_err();
    assert!(
        chain(&error).contains("Import.export (GET /export): cannot read line 1"),
        "{}",
        chain(&error)
    );
    server.assert_untouched();

    let keyed = BTreeMap::from([((1, 2), 3)]);
    let error = client.unwritable(Ndjson::from_iter([keyed])).await.unwrap_err();
    assert!(chain(&error).contains("key must be a string"), "{}", chain(&error));
    server.assert_untouched();
}
