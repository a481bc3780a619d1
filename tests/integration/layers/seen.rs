//! What a layer sees of a request, and what it may change.

use std::sync::{Arc, Mutex};

use feign::discover::Endpoint;
use feign::mock::Mock;
use feign::{Body, Hub, Operation, Request, Response, StatusCode, layer};
use http_body_util::BodyExt as _;
use tower::ServiceBuilder;

use super::{Layered as _, LayeredClient};
use crate::support::{Reply, Server};

/// What a layer saw.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    operation: &'static str,
    service: Option<&'static str>,
    template: &'static str,
    critical: Option<&'static str>,
    uri: String,
}

fn see<B>(request: &Request<B>) -> Seen {
    let operation = Operation::of(request).expect("the operation");
    Seen {
        operation: operation.name(),
        service: operation.service(),
        template: operation.template(),
        critical: operation.tag("critical"),
        uri: request.uri().to_string(),
    }
}

#[tokio::test]
async fn the_operation_is_at_hand_at_every_seam() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let look = |seen: &Arc<Mutex<Vec<Seen>>>| {
        let seen = Arc::clone(seen);
        layer::from_fn(move |request: Request<Body>, next: layer::Next| {
            seen.lock().unwrap().push(see(&request));
            next.run(request)
        })
    };
    let mock = Mock::new();
    mock.on(LayeredClient::ITEM).times(1).reply(200);
    let below = Arc::new(Mutex::new(Vec::new()));
    let looking = Arc::clone(&below);
    let transport = ServiceBuilder::new()
        .map_request(move |request: Request<Body>| {
            let endpoint = Endpoint::of(&request).expect("the endpoint").as_str().to_owned();
            looking.lock().unwrap().push((see(&request), endpoint));
            request
        })
        .service(mock.transport());
    let hub = Hub::builder()
        .per_call(look(&seen))
        .per_attempt(look(&seen))
        .service("layered", |s| s.url("http://h.example:8080/base"))
        .transport(transport);
    let client: LayeredClient = hub.build().unwrap().client();
    client.item(7, Some("a b")).await.unwrap();

    let expected = Seen {
        operation: "Layered.item",
        service: Some("layered"),
        template: "/api/items/{id}{?q}",
        critical: Some(""),
        uri: "/api/items/7?q=a%20b".to_owned(),
    };
    assert_eq!(*seen.lock().unwrap(), [expected.clone(), expected.clone()]);

    // The transport gets the whole address, and the endpoint that was picked.
    let uri = "http://h.example:8080/base/api/items/7?q=a%20b".to_owned();
    let expected = (Seen { uri, ..expected }, "http://h.example:8080".to_owned());
    assert_eq!(*below.lock().unwrap(), [expected]);
}

#[test]
fn a_request_of_nobody_has_no_operation() {
    assert!(Operation::of(&Request::new(())).is_none());
    assert!(Endpoint::of(&Request::new(())).is_none());
}

#[test]
fn an_operation_is_a_constant_too() {
    let item = LayeredClient::ITEM;
    assert_eq!((item.client(), item.function(), item.name()), ("Layered", "item", "Layered.item"));
    assert_eq!(item.service(), Some("layered"));
    assert_eq!(item.template(), "/api/items/{id}{?q}");
    assert_eq!(item.tags(), [("team", "inventory"), ("critical", "")]);
    assert_eq!(item.tag("team"), Some("inventory"));
    assert_eq!(item.tag("absent"), None);
    assert_eq!(item.to_string(), "Layered.item");
    assert_eq!(<LayeredClient as feign::TypedClient>::OPERATIONS.len(), 2);
}

/// The tags of a method stand beside those of its trait, and win by name.
#[test]
fn tags_add_up() {
    #[feign::client]
    #[tags(team = "inventory", tier = "gold", shared)]
    trait Tagged {
        #[get("/")]
        async fn inherited(&self) -> Result<(), feign::Error>;
        #[get("/")]
        #[tags(tier = "silver", own)]
        async fn own(&self) -> Result<(), feign::Error>;
    }
    assert_eq!(TaggedClient::INHERITED.tag("tier"), Some("gold"));
    assert_eq!(TaggedClient::INHERITED.tag("own"), None);
    let own = TaggedClient::OWN;
    assert_eq!(own.tags().len(), 4);
    for (name, value) in [("team", "inventory"), ("tier", "silver"), ("shared", ""), ("own", "")] {
        assert_eq!(own.tag(name), Some(value), "{name}");
    }
}

async fn sign(
    mut request: Request<Body>,
    next: layer::Next,
) -> Result<Response<Body>, feign::Error> {
    let length = request.body().as_bytes().map_or(0, bytes::Bytes::len);
    let signature = format!("{} {} {length}", request.method(), request.uri());
    request.headers_mut().insert("x-signature", signature.parse().unwrap());
    next.run(request).await
}

#[tokio::test]
async fn a_function_changes_the_request() {
    let server = Server::silent_ok().await;
    let hub = Hub::builder().per_attempt(layer::from_fn(sign)).build().unwrap();
    let client: LayeredClient = hub.client_at(server.url()).unwrap();
    client.create("text").await.unwrap();
    let sent = server.take();
    assert_eq!(sent.header("x-signature").as_deref(), Some("POST /api/items 4"));
    assert_eq!(sent.text(), "text", "the body is still there");
    client.item(1, Some("é")).await.unwrap();
    let signature = server.take().header("x-signature");
    assert_eq!(signature.as_deref(), Some("GET /api/items/1?q=%C3%A9 0"));
}

/// A layer may send something else than was asked for.
#[tokio::test]
async fn a_function_rewrites_the_path() {
    async fn rewrite(
        mut request: Request<Body>,
        next: layer::Next,
    ) -> Result<Response<Body>, feign::Error> {
        *request.uri_mut() = "/elsewhere?x=1".parse().unwrap();
        next.run(request).await
    }
    let server = Server::silent_ok().await;
    let hub = Hub::builder().per_call(layer::from_fn(rewrite)).build().unwrap();
    let client: LayeredClient = hub.client_at(format!("{}/base", server.url())).unwrap();
    client.item(1, None).await.unwrap();
    assert_eq!(server.line(), "GET /base/elsewhere?x=1");
}

/// A layer sees every answer, errors too, before it is judged; what it answers is what counts.
#[tokio::test]
async fn a_function_sees_and_replaces_the_answer() {
    async fn cached(
        request: Request<Body>,
        next: layer::Next,
    ) -> Result<Response<Body>, feign::Error> {
        let response = next.run(request).await?;
        if response.status() == StatusCode::SERVICE_UNAVAILABLE {
            let body = response.into_body().collect().await.map_err(feign::Error::other)?;
            assert_eq!(body.to_bytes(), "try later");
            return Ok(Response::new(Body::from("from the cache")));
        }
        Ok(response)
    }
    #[feign::client]
    trait Texts {
        #[get("/")]
        async fn text(&self) -> Result<String, feign::Error>;
    }
    let server = Server::always(Reply::status(503).body("try later")).await;
    let hub = Hub::builder().per_call(layer::from_fn(cached)).build().unwrap();
    let client: TextsClient = hub.client_at(server.url()).unwrap();
    assert_eq!(client.text().await.unwrap(), "from the cache");
}

/// Nothing below is reached where a layer answers by itself.
#[tokio::test]
async fn a_function_answers_by_itself() {
    let mock = Mock::new();
    mock.on(LayeredClient::ITEM).never();
    let refuse = |_: Request<Body>, _: layer::Next| async {
        Err::<Response<Body>, _>(feign::Error::from_status(StatusCode::FORBIDDEN))
    };
    let hub = mock.hub().per_call(layer::from_fn(refuse));
    let client: LayeredClient = hub.build().unwrap().client_at("http://h.example").unwrap();
    let error = client.item(1, None).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::FORBIDDEN));
    assert_eq!(error.operation().unwrap().name(), "Layered.item");
    mock.verify().unwrap();
}

/// A layer that makes a new request loses the call that travels in the extensions, and is told so.
#[tokio::test]
async fn a_request_without_its_extensions_is_refused_with_the_repair() {
    let forget = |request: Request<Body>, next: layer::Next| {
        let mut fresh = Request::new(request.into_body());
        *fresh.uri_mut() = "/".parse().unwrap();
        next.run(fresh)
    };
    let mock = Mock::new();
    let hub = mock.hub().per_call(layer::from_fn(forget));
    let client: LayeredClient = hub.build().unwrap().client_at("http://h.example").unwrap();
    let error = client.item(1, None).await.unwrap_err().to_string();
    assert!(error.contains("extensions"), "{error}");
}
