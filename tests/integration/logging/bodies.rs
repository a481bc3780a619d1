//! Bodies in the log: bounded, as text, and never consumed or delayed.

use std::time::Duration;

use feign::Body;
use feign::log::Level;
use feign::mock::{Mock, Reply};
use futures_util::stream;

use super::Collector;

#[feign::client(service = "bodies")]
trait Bodies {
    #[get("/text")]
    async fn text(&self) -> Result<String, feign::Error>;

    #[get("/stream")]
    async fn stream(&self) -> Result<Body, feign::Error>;

    #[put("/stream")]
    #[headers("content-type: text/plain")]
    async fn upload(&self, #[body] body: Body) -> Result<(), feign::Error>;

    #[put("/form")]
    async fn form(&self, #[form] user: &str, #[form] password: &str) -> Result<(), feign::Error>;
}

fn client(mock: &Mock, limit: usize) -> BodiesClient {
    mock.hub().log(Level::Body).log_body_limit(limit).build().unwrap().client()
}

#[tokio::test]
async fn one_that_is_long_is_cut() {
    let collector = Collector::all();
    let mock = Mock::new();
    mock.on(BodiesClient::TEXT).reply(Reply::status(200).body("äbcdefgh"));
    assert_eq!(client(&mock, 4).text().await.unwrap(), "äbcdefgh");
    let text = collector.text();
    assert!(text.contains("\n<\n< äbc\n< (cut, 4 of 9 bytes)"), "{text}");
    // Within a sign.
    assert_eq!(client(&mock, 1).text().await.unwrap(), "äbcdefgh");
    assert!(collector.text().contains("\n<\n< \n< (cut, 1 of 9 bytes)"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_shown_as_it_passes() {
    let collector = Collector::all();
    let mock = Mock::new();
    let wait = Duration::from_secs(1);
    mock.on(BodiesClient::STREAM).reply(Reply::status(200).body("one two six ").slow_body(3, wait));
    let mut body = client(&mock, 6).stream().await.unwrap();
    let shown = || collector.text().contains("\n<\n<");
    assert!(collector.text().contains("< HTTP/1.1 200 OK"), "the head is there before the body");
    // Nothing is asked of it earlier than its reader asks.
    tokio::time::sleep(wait * 5).await;
    assert!(!shown());
    assert_eq!(body.next().await.unwrap().unwrap(), "one ");
    assert!(!shown());
    assert_eq!(body.next().await.unwrap().unwrap(), "two ");
    assert!(collector.text().contains("\n<\n< one tw\n< (cut"), "{}", collector.text());
    assert_eq!(body.next().await.unwrap().unwrap(), "six ");
    assert!(body.next().await.is_none());
    assert_eq!(collector.text().matches("one tw").count(), 1, "once");
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_dropped_is_shown_as_far_as_it_came() {
    let collector = Collector::all();
    let mock = Mock::new();
    let wait = Duration::from_secs(1);
    mock.on(BodiesClient::STREAM).reply(Reply::status(200).body("one two ").slow_body(2, wait));
    let mut body = client(&mock, 100).stream().await.unwrap();
    body.next().await.unwrap().unwrap();
    drop(body);
    assert!(collector.text().contains("\n<\n< one \n< (cut"), "{}", collector.text());
}

#[tokio::test]
async fn a_stream_that_is_sent_is_shown_as_it_goes() {
    let collector = Collector::all();
    let mock = Mock::new();
    mock.on(BodiesClient::UPLOAD).reply(204);
    let pieces = stream::iter(["one ", "two"].map(Ok::<_, std::io::Error>));
    client(&mock, 100).upload(Body::from_stream(pieces)).await.unwrap();
    assert_eq!(mock.requests()[0].text(), "one two");
    assert!(collector.text().contains("\n>\n> one two"), "{}", collector.text());
}

#[tokio::test]
async fn a_form_hides_its_fields() {
    let collector = Collector::all();
    let mock = Mock::new();
    mock.on(BodiesClient::FORM).reply(204);
    client(&mock, 100).form("ann", "canary").await.unwrap();
    assert_eq!(mock.requests()[0].text(), "user=ann&password=canary");
    let text = collector.text();
    assert!(text.contains("\n> user=ann&password=***"), "{text}");
    assert!(!text.contains("canary"), "{text}");
}

#[cfg(feature = "compression")]
mod compressed {
    use super::*;

    #[feign::client(service = "compressed")]
    trait Compressed {
        #[put("/text")]
        #[compress(gzip)]
        #[headers("content-type: text/plain")]
        async fn put(&self, #[body] text: &str) -> Result<String, feign::Error>;
    }

    #[tokio::test]
    async fn what_is_compressed_is_shown_as_it_was() {
        use crate::support::Server;

        let gzip = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\xcb\xcf\x07\x00\x21\x65\x73\x8c\x03\x00\x00\x00";
        let reply =
            crate::support::Reply::status(200).body(gzip).header("content-encoding", "gzip");
        let server = Server::always(reply).await;
        let collector = Collector::all();
        let hub = feign::Hub::builder().log(Level::Body).build().unwrap();
        let client: CompressedClient = hub.client_at(server.url()).unwrap();
        assert_eq!(client.put("some text").await.unwrap(), "foo");
        let text = collector.text();
        assert!(
            text.contains("> content-encoding: gzip") && text.contains("\n>\n> some text"),
            "{text}"
        );
        assert!(text.contains("\n<\n< foo"), "{text}");
    }
}
