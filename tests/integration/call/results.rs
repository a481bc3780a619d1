//! What a return type asks for, of an answer that came as it was hoped for.

use bytes::Bytes;
use feign::{Body, Json, Response, StatusCode};
use http_body_util::BodyExt as _;

use super::{APPLE, Item, apple};
use crate::support::{Reply, Server};

type Answer<T> = Result<T, feign::Error>;

/// A newtype of the user's own, read by the codec like anything else.
#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(transparent)]
struct Count(u32);

#[feign::client]
trait Results {
    #[get("/")]
    async fn unit(&self) -> Answer<()>;
    #[get("/")]
    async fn item(&self) -> Answer<Item>;
    #[get("/")]
    async fn items(&self) -> Answer<Vec<Item>>;
    #[get("/")]
    async fn count(&self) -> Result<Count, feign::Error>;
    #[get("/")]
    async fn whole(&self) -> Answer<Response<Item>>;
    #[get("/")]
    async fn whole_unit(&self) -> Answer<Response<()>>;
    #[get("/")]
    async fn whole_optional(&self) -> Answer<Response<Option<Item>>>;
    #[get("/")]
    async fn whole_text(&self) -> Answer<Response<String>>;
    #[get("/")]
    async fn whole_body(&self) -> Answer<Response<Body>>;
    #[get("/")]
    async fn text(&self) -> Answer<String>;
    #[get("/")]
    async fn bytes(&self) -> Answer<Bytes>;
    #[get("/")]
    async fn vec(&self) -> Answer<Vec<u8>>;
    #[get("/")]
    async fn body(&self) -> Answer<Body>;
    #[get("/")]
    async fn json_text(&self) -> Answer<Json<String>>;
    #[get("/")]
    async fn json_bytes(&self) -> Answer<Json<Vec<u8>>>;
    #[get("/")]
    async fn value(&self) -> Answer<serde_json::Value>;
}

async fn answering(reply: Reply) -> (Server, ResultsClient) {
    let server = Server::always(reply).await;
    let client = ResultsClient::at(server.url()).unwrap();
    (server, client)
}

#[tokio::test]
async fn unit_takes_any_success() {
    for reply in
        [Reply::status(200), Reply::status(204), Reply::ok_json(APPLE), Reply::text("<html>")]
    {
        let (_server, client) = answering(reply).await;
        client.unit().await.unwrap();
    }
}

#[tokio::test]
async fn a_type_is_read_by_the_codec() {
    let (_server, client) = answering(Reply::ok_json(APPLE)).await;
    assert_eq!(client.item().await.unwrap(), apple());
    assert_eq!(client.value().await.unwrap()["name"], "apple");
    let (_server, client) = answering(Reply::ok_json(&format!("[{APPLE}]"))).await;
    assert_eq!(client.items().await.unwrap(), [apple()]);
    let (_server, client) = answering(Reply::ok_json("7")).await;
    assert_eq!(client.count().await.unwrap(), Count(7));
}

/// Decode first: the content type is judged only when that fails.
#[tokio::test]
async fn json_is_read_whatever_it_is_called() {
    for kind in ["text/plain", "application/problem+json", "application/json; charset=utf-8"] {
        let reply = Reply::status(200).header("content-type", kind).body(APPLE);
        let (_server, client) = answering(reply).await;
        assert_eq!(client.item().await.unwrap(), apple(), "{kind}");
    }
    let (_server, client) = answering(Reply::status(201).body(APPLE)).await;
    assert_eq!(client.item().await.unwrap(), apple());
}

#[tokio::test]
async fn a_response_has_status_and_headers() {
    let reply = Reply::status(201)
        .header("content-type", "application/json")
        .header("location", "/items/1")
        .header("x-two", "a")
        .header("x-two", "b")
        .body(APPLE);
    let (_server, client) = answering(reply).await;
    let response = client.whole().await.unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(response.headers()["location"], "/items/1");
    assert_eq!(response.headers().get_all("x-two").iter().count(), 2);
    assert_eq!(response.into_body(), apple());

    assert_eq!(client.whole_unit().await.unwrap().status(), StatusCode::CREATED);
    assert_eq!(client.whole_text().await.unwrap().into_body(), APPLE);
    assert_eq!(client.whole_optional().await.unwrap().into_body(), Some(apple()));
    let response = client.whole_body().await.unwrap();
    assert_eq!(response.headers()["location"], "/items/1");
    assert_eq!(response.into_body().collect().await.unwrap().to_bytes(), APPLE);
}

#[tokio::test]
async fn an_absent_body_has_a_response_too() {
    let (_server, client) = answering(Reply::status(404).header("x-why", "gone")).await;
    let response = client.whole_optional().await.unwrap();
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(response.headers()["x-why"], "gone");
    assert_eq!(response.into_body(), None);
}

#[tokio::test]
async fn text_and_bytes_are_raw() {
    let quoted = r#""quoted""#;
    let (_server, client) = answering(Reply::ok_json(quoted)).await;
    assert_eq!(client.text().await.unwrap(), quoted);
    assert_eq!(client.bytes().await.unwrap(), quoted);
    assert_eq!(client.vec().await.unwrap(), quoted.as_bytes());
    let body = client.body().await.unwrap();
    assert_eq!(body.collect().await.unwrap().to_bytes(), quoted);
}

#[tokio::test]
async fn raw_results_may_be_empty() {
    let (_server, client) = answering(Reply::status(204)).await;
    assert_eq!(client.text().await.unwrap(), "");
    assert_eq!(client.bytes().await.unwrap(), Bytes::new());
    assert_eq!(client.vec().await.unwrap(), [0_u8; 0]);
    let body = client.body().await.unwrap();
    assert!(body.collect().await.unwrap().to_bytes().is_empty());
}

#[tokio::test]
async fn json_forces_the_codec() {
    let (_server, client) = answering(Reply::ok_json(r#""quoted""#)).await;
    let Json(text) = client.json_text().await.unwrap();
    assert_eq!(text, "quoted");
    let (_server, client) = answering(Reply::ok_json("[1,2,255]")).await;
    let Json(numbers) = client.json_bytes().await.unwrap();
    assert_eq!(numbers, [1, 2, 255]);
}

#[tokio::test]
async fn bytes_are_kept_and_text_is_not_mended() {
    let latin = b"caf\xe9";
    let (_server, client) = answering(Reply::status(200).body(&latin[..])).await;
    assert_eq!(client.vec().await.unwrap(), latin);
    assert_eq!(client.bytes().await.unwrap(), &latin[..]);
    let error = client.text().await.unwrap_err();
    assert!(error.is_decode(), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert_eq!(error.body(), &latin[..]);
}

/// Without `Option` nothing is made up.
#[tokio::test]
async fn an_absent_answer_is_an_error_without_option() {
    for (reply, status) in [(Reply::status(204), 204), (Reply::status(200), 200)] {
        let (_server, client) = answering(reply).await;
        let error = client.item().await.unwrap_err();
        assert!(error.is_decode(), "{error:?}");
        assert_eq!(error.status().unwrap(), status);
        assert!(error.to_string().contains("empty"), "{error}");
    }
    let (_server, client) = answering(Reply::ok_json("null")).await;
    assert!(client.item().await.unwrap_err().is_decode());
    let (_server, client) = answering(Reply::status(404)).await;
    let error = client.unit().await.unwrap_err();
    assert!(error.is_status() && !error.is_decode(), "{error:?}");
    assert_eq!(error.status().unwrap(), 404);
}
