//! `Ndjson<T>` as a result.

use bytes::Bytes;
use feign::{Ndjson, Response};
use futures_util::TryStreamExt as _;

use super::{Item, answered, drain, every_cut, item, limited};
use crate::support::{Reply, Server, Wrong};

#[feign::client]
trait Export {
    #[get("/export")]
    async fn items(&self) -> Result<Ndjson<Item>, feign::Error>;
    #[get("/export")]
    async fn values(&self) -> Result<Ndjson<serde_json::Value>, feign::Error>;
    #[get("/export")]
    async fn whole(&self) -> Result<Response<Ndjson<Item>>, feign::Error>;
    #[get("/export")]
    async fn optional(&self) -> Result<Option<Ndjson<Item>>, feign::Error>;
}

const TYPE: &str = "application/x-ndjson";

/// Bytes, and the values that are their lines.
const ROWS: &[(&str, &str)] = &[
    ("", "[]"),
    ("\n\r\n \t\n", "[]"),
    ("1\n2\n3\n", "[1,2,3]"),
    ("1\n2\n3", "[1,2,3]"),
    ("1\r\n2\r\n3\r\n", "[1,2,3]"),
    ("1\n\n\n2\n \n3\n\n", "[1,2,3]"),
    ("  {\"a\" : [1, 2]} \t\n\"x\"\nnull\n", "[{\"a\":[1,2]},\"x\",null]"),
    ("\"a\\nb\"\n\"é€😀\\u2028\u{2028}\"\n", "[\"a\\nb\",\"é€😀\u{2028}\u{2028}\"]"),
];

#[tokio::test]
async fn every_line_at_every_cut() {
    let mut wrong = Wrong::default();
    for (text, wanted) in ROWS {
        for chunks in every_cut(text.as_bytes()) {
            let client: ExportClient = answered(TYPE, chunks.clone());
            let got: Result<Vec<_>, _> =
                drain!(client.values().await.unwrap()).into_iter().collect();
            let got = got.map(|values| serde_json::Value::from(values).to_string());
            let wanted: serde_json::Value = serde_json::from_str(wanted).unwrap();
            wrong.unless(got == Ok(wanted.to_string()), (text, chunks), &got);
        }
    }
    wrong.finish();
}

#[tokio::test]
async fn a_line_is_there_before_the_end() {
    let body = "{\"id\":1,\"name\":\"a\"}\n{\"id\":2";
    let server = Server::always(Reply::status(200).unfinished([body])).await;
    let client = ExportClient::at(server.url()).unwrap();
    let mut items = client.items().await.unwrap();
    assert_eq!(items.next().await.unwrap().unwrap(), item(1, "a"));
    let mut items = client.whole().await.unwrap().into_body();
    assert_eq!(items.next().await.unwrap().unwrap(), item(1, "a"));
    let mut items = client.optional().await.unwrap().unwrap();
    assert_eq!(items.next().await.unwrap().unwrap(), item(1, "a"));
    for request in server.received() {
        assert_eq!(request.header("accept").as_deref(), Some(TYPE));
    }
}

#[tokio::test]
async fn it_is_a_stream() {
    let client: ExportClient = answered(TYPE, vec!["1\n2\n".into()]);
    let items: Vec<_> = client.values().await.unwrap().try_collect().await.unwrap();
    assert_eq!(items, [1, 2]);
}

#[tokio::test]
async fn the_status_is_judged_first() {
    let server =
        Server::script([Reply::status(500).body("why"), Reply::status(404), Reply::status(204)])
            .await;
    let client = ExportClient::at(server.url()).unwrap();
    let error = client.items().await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.body().as_ref()), (500, &b"why"[..]));
    assert!(client.optional().await.unwrap().is_none());
    assert!(client.optional().await.unwrap().is_none());
}

/// The line, the place in it, what it begins with; and the next line is read all the same.
#[tokio::test]
async fn an_error_names_the_line() {
    let text = "\n{\"id\":1,\"name\":\"a\"}\n\n{\"id\":2,\"name\":[7]}\n{\"id\":3,\"name\":\"c\"}\nnonsense";
    for chunks in every_cut(text.as_bytes()) {
        let client: ExportClient = answered(TYPE, chunks);
        let mut items = client.items().await.unwrap();
        assert_eq!(items.next().await.unwrap().unwrap(), item(1, "a"));

        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!(error.item(), Some(4), "counted with the blank ones");
        assert!(error.is_decode() && !error.is_retryable(), "{error:?}");
        assert_eq!(error.body(), "{\"id\":2,\"name\":[7]}");
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.headers()["content-type"], TYPE);
        assert_eq!(
            error.to_string(),
            "Export.items (GET /export): cannot read line 4 (application/x-ndjson, 200 OK) at `name`; \
             it begins `{\\\"id\\\":2,\\\"name\\\":[7]}` [http://h.example]"
        );

        assert_eq!(items.next().await.unwrap().unwrap(), item(3, "c"));
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!(error.item(), Some(6));
        assert!(items.next().await.is_none());
    }
}

/// A page of a proxy is seen at once.
#[tokio::test]
async fn html_is_no_item() {
    let client: ExportClient = answered("text/html", vec!["<html>\n".into()]);
    let error = client.items().await.unwrap().next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("cannot read line 1 (text/html, 200 OK)"), "{error}");
    assert!(error.to_string().contains("it begins `<html>`"), "{error}");
}

#[tokio::test]
async fn what_is_no_utf8_is_an_error() {
    let client: ExportClient = answered(TYPE, vec![Bytes::from_static(b"\"\xFF\"\n1\n")]);
    let mut values = client.values().await.unwrap();
    assert!(values.next().await.unwrap().unwrap_err().is_decode());
    assert_eq!(values.next().await.unwrap().unwrap(), 1);
}

/// A limit for each line, whatever all of them are.
#[tokio::test]
async fn a_line_has_a_limit() {
    let fits = "\"345678\"\n".repeat(1000);
    let client: ExportClient = limited(TYPE, vec![fits.clone().into()], 8);
    assert_eq!(drain!(client.values().await.unwrap()).len(), 1000);

    for chunks in every_cut(b"1\n\"3456789\"\n2\n") {
        let client: ExportClient = limited(TYPE, chunks, 8);
        let mut values = client.values().await.unwrap();
        assert_eq!(values.next().await.unwrap().unwrap(), 1);
        let error = values.next().await.unwrap().unwrap_err();
        assert!(error.is_too_large(), "{error:?}");
        assert_eq!(error.item(), Some(2));
        let text = "line 2 is larger than 8 bytes; raise `body_limit`";
        assert!(error.to_string().contains(text), "{error}");
        assert!(values.next().await.is_none(), "nothing is read behind it");
    }
}

/// It is cut off, so that an endless line fills no memory.
#[tokio::test]
async fn a_line_without_end() {
    let head = "HTTP/1.1 200 OK\r\n\r\n\"";
    let peer = crate::support::Peer::flooding(head, "x".repeat(1 << 16)).await;
    let client = ExportClient::at(peer.url()).unwrap().with(|call| call.body_limit(1 << 20));
    let mut values = client.values().await.unwrap();
    assert!(values.next().await.unwrap().unwrap_err().is_too_large());
    assert!(values.next().await.is_none());
    peer.until(|peer| peer.open() == 0).await;
}

#[tokio::test]
async fn a_broken_body_is_an_error() {
    let truncated = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n1\n2";
    let server = Server::always(Reply::raw(truncated)).await;
    let mut values = ExportClient::at(server.url()).unwrap().values().await.unwrap();
    assert_eq!(values.next().await.unwrap().unwrap(), 1);
    let error = values.next().await.unwrap().unwrap_err();
    assert!(!error.is_decode() && error.is_retryable(), "{error:?}");
    assert_eq!(error.item(), Some(2));
    assert_eq!(error.endpoint(), Some(server.url().as_str()));
    assert_eq!(error.status().unwrap(), 200);
    assert!(error.to_string().contains("the exchange broke off at line 2"), "{error}");
    assert!(values.next().await.is_none(), "half a line is no item");
}
