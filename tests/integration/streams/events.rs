//! `Events<T>` as a result: data of every type, limits, what is no stream of events.

use feign::{Events, Json, Response};
use futures_util::TryStreamExt as _;

use super::{Item, answered, drain, every_cut, item, limited};
use crate::support::{Reply, Server, Wrong};

#[feign::client]
trait Feeds {
    #[get("/feed")]
    async fn texts(&self) -> Result<Events, feign::Error>;
    #[get("/feed")]
    async fn items(&self) -> Result<Events<Item>, feign::Error>;
    #[get("/feed")]
    async fn quoted(&self) -> Result<Events<Json<String>>, feign::Error>;
    #[get("/feed")]
    async fn whole(&self) -> Result<Response<Events>, feign::Error>;
    #[get("/feed")]
    async fn optional(&self) -> Result<Option<Events>, feign::Error>;
    #[get("/feed")]
    #[headers("accept: text/event-stream;q=0.5")]
    async fn asked(&self) -> Result<Events, feign::Error>;
}

/// Through an alias and in a generic method as well.
type Texts = Events<String>;

#[feign::client]
trait Generic {
    #[get("/feed")]
    async fn aliased(&self) -> Result<Texts, feign::Error>;
    #[get("/feed")]
    async fn feed<T: serde::de::DeserializeOwned + 'static>(
        &self,
    ) -> Result<Events<T>, feign::Error>;
}

const TYPE: &str = "text/event-stream";
const QUOTED: &str = "data: \"a\"\n\n";

#[tokio::test]
async fn a_string_is_raw_and_all_else_is_json() {
    let client: FeedsClient = answered(TYPE, vec![QUOTED.into()]);
    let raw = client.texts().await.unwrap().next().await.unwrap().unwrap();
    assert_eq!(raw.data, "\"a\"");
    let read = client.quoted().await.unwrap().next().await.unwrap().unwrap();
    assert_eq!(read.data, Json("a".to_owned()));

    let client: FeedsClient = answered(
        TYPE,
        vec!["event: created\nid: 7\ndata: {\"id\":1,\ndata: \"name\":\"a\"}\n\n".into()],
    );
    let events: Vec<_> = client.items().await.unwrap().try_collect().await.unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].data, item(1, "a"));
    assert_eq!((events[0].event.as_ref(), events[0].id.as_str()), ("created", "7"));

    let client: GenericClient = answered(TYPE, vec![QUOTED.into()]);
    assert_eq!(client.aliased().await.unwrap().next().await.unwrap().unwrap().data, "\"a\"");
    let raw = client.feed::<String>().await.unwrap().next().await.unwrap().unwrap();
    assert_eq!(raw.data, "\"a\"");
    let read = client.feed::<serde_json::Value>().await.unwrap().next().await.unwrap().unwrap();
    assert_eq!(read.data, "a");
}

#[tokio::test]
async fn an_event_is_there_before_the_end() {
    let reply = Reply::status(200).header("content-type", "Text/Event-Stream; charset=utf-8");
    let server = Server::always(reply.unfinished(["data: a\n\ndata: b\n"])).await;
    let client = FeedsClient::at(server.url()).unwrap();
    assert_eq!(client.texts().await.unwrap().next().await.unwrap().unwrap().data, "a");
    let whole = client.whole().await.unwrap();
    assert_eq!(whole.into_body().next().await.unwrap().unwrap().data, "a");
    let optional = client.optional().await.unwrap();
    assert_eq!(optional.unwrap().next().await.unwrap().unwrap().data, "a");
    for request in server.received() {
        assert_eq!(request.header("accept").as_deref(), Some(TYPE));
        assert_eq!(request.header("last-event-id"), None);
    }
    drop(client.asked().await.unwrap());
    assert_eq!(server.take().header("accept").as_deref(), Some("text/event-stream;q=0.5"));
}

/// The event, the place in its data, what that begins with; and the next event is read all the same.
#[tokio::test]
async fn an_error_names_the_event() {
    let text = "data: {\"id\":1,\"name\":\"a\"}\n\n:\n\nid: 8\ndata: {\"id\":2,\ndata: \"name\":[true]}\n\n\
                data: {\"id\":3,\"name\":\"c\"}\n\n";
    for chunks in every_cut(text.as_bytes()) {
        let client: FeedsClient = answered(TYPE, chunks);
        let mut items = client.items().await.unwrap();
        assert_eq!(items.next().await.unwrap().unwrap().data, item(1, "a"));
        let error = items.next().await.unwrap().unwrap_err();
        assert!(error.is_decode(), "{error:?}");
        assert_eq!(error.item(), Some(2));
        assert_eq!(error.body(), "{\"id\":2,\n\"name\":[true]}");
        let says = "Feeds.items (GET /feed): cannot read event 2 (text/event-stream, 200 OK) at `name`; it begins `";
        assert!(error.to_string().starts_with(says), "{error}");
        let next = items.next().await.unwrap().unwrap();
        assert_eq!((next.data, next.id.as_str()), (item(3, "c"), "8"));
        assert!(items.next().await.is_none());
    }
}

/// A page of a proxy has no events, and no mistakes either: the content type has to tell.
#[tokio::test]
async fn what_is_no_stream_of_events_is_refused() {
    let mut wrong = Wrong::default();
    for kind in ["text/html", "text/plain", "text/event-streams", "text/event-stream2; x", "x"] {
        let client: FeedsClient = answered(kind, vec!["data: x\n\n".into()]);
        let error = client.texts().await.unwrap_err();
        let says = format!(
            "Feeds.texts (GET /feed): cannot read the answer ({kind}, 200 OK) [http://h.example]"
        );
        wrong.unless(error.is_decode() && error.to_string() == says, kind, &error);
    }
    wrong.finish();
    let server = Server::always(Reply::status(200).body("data: x\n\n")).await;
    let error = FeedsClient::at(server.url()).unwrap().texts().await.unwrap_err();
    assert!(
        error.to_string().contains("cannot read the answer (no content type, 200 OK)"),
        "{error}"
    );
}

/// 204 is how a server says that there is nothing to wait for.
#[tokio::test]
async fn no_content_is_no_event() {
    let server = Server::always(Reply::status(204)).await;
    let client = FeedsClient::at(server.url()).unwrap();
    assert_eq!(drain!(client.texts().await.unwrap()), []);
    assert!(client.optional().await.unwrap().is_none());
}

#[tokio::test]
async fn an_event_has_a_limit() {
    let fits = "event: abcdefgh\ndata: 34\ndata: 67\n\n".repeat(1000);
    let client: FeedsClient = limited(TYPE, vec![fits.into()], 20);
    assert_eq!(drain!(client.texts().await.unwrap()).len(), 1000);

    for long in [
        "data: 7890123456789012\n\n",
        "data: 345\ndata: 345\ndata: 345\ndata: 345\ndata: 345\ndata: 345\n\n",
    ] {
        for chunks in every_cut(format!("data: a\n\n{long}data: b\n\n").as_bytes()) {
            let client: FeedsClient = limited(TYPE, chunks, 20);
            let mut texts = client.texts().await.unwrap();
            assert_eq!(texts.next().await.unwrap().unwrap().data, "a");
            let error = texts.next().await.unwrap().unwrap_err();
            assert!(error.is_too_large(), "{error:?}");
            assert!(error.to_string().contains("event 2 is larger than 20 bytes"), "{error}");
            assert!(texts.next().await.is_none());
        }
    }
}

#[tokio::test]
async fn a_broken_body_is_an_error() {
    let truncated = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 100\r\n\r\ndata: a\n\ndata: b";
    let server = Server::always(Reply::raw(truncated)).await;
    let mut texts = FeedsClient::at(server.url()).unwrap().texts().await.unwrap();
    assert_eq!(texts.next().await.unwrap().unwrap().data, "a");
    let error = texts.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("the exchange broke off at event 2"), "{error}");
    assert_eq!(error.endpoint(), Some(server.url().as_str()));
    assert!(texts.next().await.is_none());
}
