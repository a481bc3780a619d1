//! `Option<T>`: the four forms of nothing, and `#[none]`, which narrows them.

use bytes::Bytes;
use feign::{Json, StatusCode};

use super::{APPLE, Item, apple};
use crate::support::{Reply, Server};

type Answer<T> = Result<Option<T>, feign::Error>;

#[feign::client]
trait Optional {
    #[get("/")]
    async fn any(&self) -> Answer<Item>;
    #[get("/")]
    #[none(404)]
    async fn only_404(&self) -> Answer<Item>;
    #[get("/")]
    #[none(204)]
    async fn only_204(&self) -> Answer<Item>;
    #[get("/")]
    #[none(empty)]
    async fn only_empty(&self) -> Answer<Item>;
    #[get("/")]
    #[none(null)]
    async fn only_null(&self) -> Answer<Item>;
    #[get("/")]
    #[none(404, 410, null)]
    async fn gone(&self) -> Answer<Item>;
    #[get("/")]
    async fn text(&self) -> Answer<String>;
    #[get("/")]
    #[none(404)]
    async fn text_404(&self) -> Answer<String>;
    #[get("/")]
    async fn bytes(&self) -> Answer<Bytes>;
    #[get("/")]
    async fn json(&self) -> Answer<Json<String>>;
    #[post("/")]
    async fn unit(&self) -> Answer<()>;
}

/// The four forms: their status, and the answer that has it.
fn absent() -> [(&'static str, u16, Reply); 4] {
    [
        ("404", 404, Reply::json(404, &serde_json::json!({"error": "not found"}))),
        ("204", 204, Reply::status(204)),
        ("empty", 200, Reply::status(200)),
        ("null", 200, Reply::ok_json(" null ")),
    ]
}

async fn answering(reply: Reply) -> (Server, OptionalClient) {
    let server = Server::always(reply).await;
    let client = OptionalClient::at(server.url()).unwrap();
    (server, client)
}

#[tokio::test]
async fn something_is_some() {
    let (_server, client) = answering(Reply::ok_json(APPLE)).await;
    for found in [
        client.any().await,
        client.only_404().await,
        client.only_204().await,
        client.only_empty().await,
        client.only_null().await,
    ] {
        assert_eq!(found.unwrap(), Some(apple()));
    }
}

#[tokio::test]
async fn all_four_forms_are_none() {
    for (form, _, reply) in absent() {
        let (_server, client) = answering(reply).await;
        assert_eq!(client.any().await.unwrap(), None, "{form}");
    }
}

/// Each narrowed method takes its own form and no other; the others are the errors they would be
/// without `Option`.
#[tokio::test]
async fn none_narrows() {
    for (form, status, reply) in absent() {
        let (_server, client) = answering(reply).await;
        for (own, found) in [
            ("404", client.only_404().await),
            ("204", client.only_204().await),
            ("empty", client.only_empty().await),
            ("null", client.only_null().await),
        ] {
            // A 204 has a status of its own, and no body either.
            if own == form || (own, form) == ("empty", "204") {
                assert_eq!(found.unwrap(), None, "#[none({own})] of {form}");
                continue;
            }
            let error = found.expect_err(&format!("#[none({own})] of {form}"));
            assert_eq!(error.status().unwrap(), status, "#[none({own})] of {form}");
            assert_eq!(error.is_status(), form == "404", "#[none({own})] of {form}: {error:?}");
            assert_eq!(error.is_decode(), form != "404", "#[none({own})] of {form}: {error:?}");
        }
    }
}

#[tokio::test]
async fn none_names_several() {
    let (_server, client) = answering(Reply::status(410)).await;
    assert_eq!(client.gone().await.unwrap(), None);
    assert_eq!(client.any().await.unwrap_err().status(), Some(StatusCode::GONE));
    let (_server, client) = answering(Reply::status(204)).await;
    assert!(client.gone().await.unwrap_err().is_decode());
}

/// A trait narrows for its methods; what a method says of itself stands in place of that.
#[tokio::test]
async fn a_trait_narrows_for_its_methods() {
    #[feign::client]
    #[none(404)]
    trait Narrowed {
        #[get("/")]
        async fn inherited(&self) -> Answer<Item>;
        #[get("/")]
        #[none(204)]
        async fn own(&self) -> Answer<Item>;
    }
    let server = Server::always(Reply::status(404)).await;
    let client = NarrowedClient::at(server.url()).unwrap();
    assert_eq!(client.inherited().await.unwrap(), None);
    assert!(client.own().await.unwrap_err().is_status());
    let server = Server::always(Reply::status(204)).await;
    let client = NarrowedClient::at(server.url()).unwrap();
    assert!(client.inherited().await.unwrap_err().is_decode());
    assert_eq!(client.own().await.unwrap(), None);
}

#[tokio::test]
async fn other_statuses_stay_errors() {
    for status in [400, 401, 403, 405, 410, 500, 503, 301] {
        let (_server, client) = answering(Reply::status(status)).await;
        let error = client.any().await.unwrap_err();
        assert!(error.is_status(), "{status}: {error:?}");
        assert_eq!(error.status().unwrap(), status);
    }
}

/// Text has no null: the word is text, but nothing is nothing.
#[tokio::test]
async fn raw_results() {
    let (_server, client) = answering(Reply::text("null")).await;
    assert_eq!(client.text().await.unwrap().as_deref(), Some("null"));
    assert_eq!(client.bytes().await.unwrap().as_deref(), Some(&b"null"[..]));
    let (_server, client) = answering(Reply::status(200)).await;
    assert_eq!(client.text().await.unwrap(), None);
    assert_eq!(client.bytes().await.unwrap(), None);
    assert_eq!(client.text_404().await.unwrap().as_deref(), Some(""));
    let (_server, client) = answering(Reply::status(404)).await;
    assert_eq!(client.text_404().await.unwrap(), None);
}

#[tokio::test]
async fn a_forced_codec_knows_null() {
    let (_server, client) = answering(Reply::ok_json("null")).await;
    assert!(client.json().await.unwrap().is_none());
    let (_server, client) = answering(Reply::ok_json("\"null\"")).await;
    assert_eq!(client.json().await.unwrap().unwrap().0, "null");
}

/// A unit has no body that could be missing: it is there when the status says so.
#[tokio::test]
async fn a_unit_is_there_or_not() {
    let (_server, client) = answering(Reply::status(200)).await;
    assert_eq!(client.unit().await.unwrap(), Some(()));
    let (_server, client) = answering(Reply::status(404)).await;
    assert_eq!(client.unit().await.unwrap(), None);
}
