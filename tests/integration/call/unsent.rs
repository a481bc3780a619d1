//! `Request<Body>`: the request is built and not sent.

use feign::{Body, Request};

use super::{APPLE, Item, apple};
use crate::support::Server;

#[feign::client(path = "/api")]
#[headers("x-trait: t")]
trait Unsent {
    #[post("/items/{sku}{?page}")]
    #[headers("x-method: m")]
    async fn build(
        &self,
        sku: &str,
        page: Option<u32>,
        #[header] x_argument: &str,
        #[body] item: &Item,
    ) -> Result<Request<Body>, feign::Error>;
}

#[tokio::test]
async fn the_request_is_whole_and_stays_here() {
    let server = Server::silent_ok().await;
    let hub = feign::Hub::builder().header("x-hub", "h").build().unwrap();
    let client: UnsentClient = hub.client_at(format!("{}/base", server.url())).unwrap();
    let client = client.with(|call| call.header("x-call", "c"));
    let request = client.build("a/b", Some(2), "a", &apple()).await.unwrap();

    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri().to_string(), format!("{}/base/api/items/a%2Fb?page=2", server.url()));
    for (name, value) in [
        ("x-hub", "h"),
        ("x-trait", "t"),
        ("x-method", "m"),
        ("x-argument", "a"),
        ("x-call", "c"),
        ("content-type", "application/json"),
    ] {
        assert_eq!(request.headers()[name], value);
    }
    assert_eq!(request.body().as_bytes().unwrap(), APPLE);
    server.assert_untouched();
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn what_cannot_be_sent_cannot_be_built() {
    let client = UnsentClient::at("http://127.0.0.1:1").unwrap();
    assert!(client.build("..", None, "a", &apple()).await.unwrap_err().is_request());
    assert!(client.build("a", None, "a\nb", &apple()).await.unwrap_err().is_request());
}
