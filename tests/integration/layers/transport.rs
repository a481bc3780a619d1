//! A transport of the user's own: any tower service of `http::Request<Body>`.

use std::convert::Infallible;
use std::task::{Context, Poll};

use feign::{Body, Hub, Request, Reqwest, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use tower::ServiceBuilder;
use tower::util::MapRequestLayer;

use super::{Layered as _, LayeredClient};
use crate::support::{Routed, Server};

#[feign::client]
trait Texts {
    #[post("/echo/{id}")]
    async fn echo(&self, id: u32, #[body] text: &str) -> Result<String, feign::Error>;
}

/// A function is a transport, with an error and a body of its own.
#[tokio::test]
async fn a_function_is_a_transport() {
    let echo = tower::service_fn(|request: Request<Body>| async move {
        let line = format!("{} {}", request.method(), request.uri());
        let body = request.into_body().collect().await.unwrap().to_bytes();
        let text = format!("{line}: {}", std::str::from_utf8(&body).unwrap());
        Ok::<_, Infallible>(Response::new(Full::from(text)))
    });
    let hub = Hub::builder().transport(echo).build().unwrap();
    let client: TextsClient = hub.client_at("https://h.example/base").unwrap();
    let text = client.echo(7, "hello").await.unwrap();
    assert_eq!(text, "POST https://h.example/base/echo/7: hello");
}

/// No socket: the router of the other service itself.
#[tokio::test]
async fn a_router_is_a_transport() {
    use axum::Router;
    use axum::extract::Path;
    use axum::routing::post;

    let router = Router::new().route(
        "/echo/{id}",
        post(|Path(id): Path<u32>, text: String| async move { format!("{id} {text}") }),
    );
    let transport = ServiceBuilder::new()
        .layer(MapRequestLayer::new(|request: Request<Body>| request.map(axum::body::Body::new)))
        .service(router.clone());
    let hub = Hub::builder().transport(transport).build().unwrap();
    let client: TextsClient = hub.client_at("http://in-process").unwrap();
    assert_eq!(client.echo(7, "hello").await.unwrap(), "7 hello");
    assert_eq!(client.echo(8, "again").await.unwrap(), "8 again");

    let server = Routed::serve(router).await;
    let client = TextsClient::at(server.url()).unwrap();
    assert_eq!(client.echo(7, "hello").await.unwrap(), "7 hello", "and over a socket");
}

/// The promise of tower: no `call` without a `poll_ready` of the same clone.
#[derive(Default)]
struct Ready(bool);

impl Clone for Ready {
    fn clone(&self) -> Self {
        Self(false)
    }
}

impl tower::Service<Request<Body>> for Ready {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = std::future::Ready<Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.0 = true;
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<Body>) -> Self::Future {
        assert!(std::mem::take(&mut self.0), "called without being ready");
        std::future::ready(Ok(Response::new(Body::empty())))
    }
}

#[tokio::test]
async fn a_service_is_asked_whether_it_is_ready() {
    let hub = Hub::builder().transport(Ready::default()).build().unwrap();
    let client: LayeredClient = hub.client_at("http://h.example").unwrap();
    for id in 0..3 {
        client.item(id, None).await.unwrap();
    }
}

#[tokio::test]
async fn layers_around_the_default_transport() {
    let server = Server::silent_ok().await;
    let transport = ServiceBuilder::new()
        .map_request(|mut request: Request<Body>| {
            request.headers_mut().insert("x-around", "1".parse().unwrap());
            request
        })
        .service(Reqwest::build(|client| client).unwrap());
    let hub = Hub::builder().transport(transport).build().unwrap();
    let client: LayeredClient = hub.client_at(format!("{}/base", server.url())).unwrap();
    client.item(7, Some("a&b")).await.unwrap();
    let sent = server.only();
    assert_eq!(sent.line, "GET /base/api/items/7?q=a%26b");
    assert_eq!(sent.header("x-around").as_deref(), Some("1"));
}

/// The status is judged whatever the transport.
#[tokio::test]
async fn an_answer_of_any_transport_is_judged() {
    let busy = tower::service_fn(|_: Request<Body>| async {
        let response = Response::builder().status(503).header("retry-after", "7");
        Ok::<_, Infallible>(response.body(Body::from("later")).unwrap())
    });
    let hub = Hub::builder().transport(busy).build().unwrap();
    let client: LayeredClient = hub.client_at("http://h.example").unwrap();
    let error = client.item(1, None).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(error.retry_after(), Some(std::time::Duration::from_secs(7)));
    assert_eq!(error.body(), "later");
}
