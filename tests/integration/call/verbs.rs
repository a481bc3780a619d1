//! Every verb, and what goes out with it although nobody asked.

use feign::{Response, StatusCode};

use crate::support::{Reply, Server};

type Answer = Result<(), feign::Error>;

#[feign::client(path = "/things")]
trait Things {
    #[get("/{id}")]
    async fn read(&self, id: u32) -> Answer;
    #[post("/{id}")]
    async fn create(&self, id: u32) -> Answer;
    #[put("/{id}")]
    async fn replace(&self, id: u32) -> Answer;
    #[delete("/{id}")]
    async fn remove(&self, id: u32) -> Answer;
    #[patch("/{id}")]
    async fn change(&self, id: u32) -> Answer;
    #[head("/{id}")]
    async fn peek(&self, id: u32) -> Answer;
    #[options("/{id}")]
    async fn ask(&self, id: u32) -> Answer;
    #[request("PURGE", "/{id}")]
    async fn purge(&self, id: u32) -> Answer;
    #[request("M-SEARCH", "/{id}")]
    async fn search(&self, id: u32) -> Answer;
    #[head("/{id}")]
    async fn head(&self, id: u32) -> Result<Response<()>, feign::Error>;
    #[head("/{id}")]
    async fn exists(&self, id: u32) -> Result<Option<()>, feign::Error>;
    #[get]
    async fn all(&self) -> Answer;
}

#[tokio::test]
async fn each_verb_sends_its_request_line() {
    let server = Server::silent_ok().await;
    let things = ThingsClient::at(server.url()).unwrap();
    things.read(1).await.unwrap();
    things.create(2).await.unwrap();
    things.replace(3).await.unwrap();
    things.remove(4).await.unwrap();
    things.change(5).await.unwrap();
    things.peek(6).await.unwrap();
    things.ask(7).await.unwrap();
    things.purge(8).await.unwrap();
    things.search(9).await.unwrap();
    things.all().await.unwrap();
    let lines = [
        "GET /things/1",
        "POST /things/2",
        "PUT /things/3",
        "DELETE /things/4",
        "PATCH /things/5",
        "HEAD /things/6",
        "OPTIONS /things/7",
        "PURGE /things/8",
        "M-SEARCH /things/9",
        "GET /things",
    ];
    assert_eq!(server.lines(), lines);
}

/// RFC 9110, 8.6: a method that anticipates content says when there is none, others stay silent.
#[tokio::test]
async fn no_body_is_said_where_one_is_expected() {
    let server = Server::silent_ok().await;
    let things = ThingsClient::at(server.url()).unwrap();
    things.create(1).await.unwrap();
    assert_eq!(server.take().header("content-length").as_deref(), Some("0"));
    things.replace(1).await.unwrap();
    assert_eq!(server.take().header("content-length").as_deref(), Some("0"));
    things.read(1).await.unwrap();
    let sent = server.take();
    assert_eq!(sent.header("content-length"), None);
    assert_eq!(sent.header("content-type"), None);
    assert_eq!(sent.header("transfer-encoding"), None);
    things.remove(1).await.unwrap();
    assert_eq!(server.take().header("transfer-encoding"), None);
}

#[tokio::test]
async fn the_host_is_sent_once() {
    let server = Server::silent_ok().await;
    ThingsClient::at(server.url()).unwrap().read(1).await.unwrap();
    assert_eq!(server.only().header("host"), Some(server.address().to_string()));
}

/// HEAD announces a length and sends nothing: whoever waits for the body waits for ever.
#[tokio::test]
async fn a_head_has_headers_and_no_body() {
    let reply = Reply::status(200).header("etag", "\"7\"").body("never sent");
    let server = Server::always(reply).await;
    let things = ThingsClient::at(server.url()).unwrap();
    let response = things.head(1).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["etag"], "\"7\"");
    assert_eq!(response.headers()["content-length"], "10");
    things.peek(1).await.unwrap();
    assert_eq!(server.connections(), 1, "the connection is fit for the next call");
}

#[tokio::test]
async fn a_head_tells_whether_there_is_something() {
    let server = Server::script([Reply::status(200), Reply::status(404)]).await;
    let things = ThingsClient::at(server.url()).unwrap();
    assert_eq!(things.exists(1).await.unwrap(), Some(()));
    assert_eq!(things.exists(1).await.unwrap(), None);
}

#[tokio::test]
async fn calls_share_a_connection() {
    let server = Server::always(Reply::ok_json("{}")).await;
    let things = ThingsClient::at(server.url()).unwrap();
    for id in 0..5 {
        things.clone().read(id).await.unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[test]
fn operations_know_their_verb_and_whether_they_may_be_repeated() {
    let idempotent = [
        ThingsClient::READ,
        ThingsClient::REPLACE,
        ThingsClient::REMOVE,
        ThingsClient::PEEK,
        ThingsClient::ASK,
    ];
    for operation in idempotent {
        assert!(operation.is_idempotent(), "{operation:?}");
    }
    for operation in
        [ThingsClient::CREATE, ThingsClient::CHANGE, ThingsClient::PURGE, ThingsClient::SEARCH]
    {
        assert!(!operation.is_idempotent(), "{operation:?}");
    }
    assert_eq!(ThingsClient::PURGE.method().as_str(), "PURGE");
    assert_eq!(ThingsClient::SEARCH.method().as_str(), "M-SEARCH");
}
