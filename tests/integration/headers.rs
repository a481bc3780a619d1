//! Headers: one value per name, of the nearest level; removal; cookies; credentials.

use feign::mock::Mock;
use feign::{Hub, Settings};
use http::{HeaderMap, HeaderValue};

use crate::support::{Received, Server};

type Answer = Result<(), feign::Error>;

/// `x-3` is set by the first three levels, and so on: the last of them is to be sent.
#[feign::client(service = "levels")]
#[headers(
    "x-3: trait",
    "x-4: trait",
    "x-5: trait",
    "x-6: trait",
    "x-7: trait",
    "x-8: trait",
    "x-9: trait"
)]
trait Levels {
    #[get("/")]
    #[headers(
        "x-4: method",
        "x-5: method",
        "x-6: method",
        "x-7: method",
        "x-8: method",
        "x-9: method"
    )]
    async fn call(&self, #[header] x_8: &str, #[header] x_9: &str) -> Answer;
}

#[tokio::test]
async fn the_nearest_level_wins() {
    let server = Server::silent_ok().await;
    let settings: Settings = serde_json::from_value(serde_json::json!({
        "headers": headers("hub settings", 2),
        "services": {"levels": {
            "headers": headers("service settings", 6),
            "methods": {"call": {"headers": headers("method settings", 7)}},
        }},
    }))
    .unwrap();
    let mut hub = Hub::builder().settings(settings);
    for level in 1..=9 {
        hub = hub.header(format!("x-{level}"), "hub");
    }
    let url = server.url();
    let hub = hub.service("levels", |mut service| {
        for level in 5..=9 {
            service = service.header(format!("x-{level}"), "service");
        }
        service.url(url)
    });
    let client: LevelsClient = hub.build().unwrap().client();
    client.with(|call| call.header("x-9", "call")).call("argument", "argument").await.unwrap();

    let sent = server.only();
    let winners = [
        "hub",
        "hub settings",
        "trait",
        "method",
        "service",
        "service settings",
        "method settings",
        "argument",
        "call",
    ];
    for (level, winner) in winners.into_iter().enumerate() {
        // More than one value would fail here.
        assert_eq!(sent.header(&format!("x-{}", level + 1)).as_deref(), Some(winner));
    }
}

fn headers(value: &str, from: u8) -> serde_json::Map<String, serde_json::Value> {
    (from..=9).map(|level| (format!("x-{level}"), value.into())).collect()
}

#[feign::client(service = "removing")]
#[headers(remove("x-hub-1"), "x-trait-1: t", "x-trait-2: t", "x-readded: t", remove("x-back"))]
trait Removing {
    #[get("/")]
    async fn inherited(&self) -> Answer;
    #[get("/")]
    #[headers(remove("X-Trait-1"), remove("x-hub-2"), "x-back: method")]
    async fn removed(&self) -> Answer;
    #[get("/")]
    #[headers(remove("x-hub-2"))]
    async fn given(&self, #[header] x_hub_2: Option<&str>) -> Answer;
}

async fn removing(server: &Server) -> RemovingClient {
    let url = server.url();
    let hub = Hub::builder()
        .header("x-hub-1", "h")
        .header("x-hub-2", "h")
        .header("x-back", "h")
        .service("removing", |service| service.url(url));
    hub.build().unwrap().client()
}

/// Which of these headers came.
fn names(sent: &Received) -> Vec<&str> {
    let names = ["x-hub-1", "x-hub-2", "x-trait-1", "x-trait-2", "x-back"];
    names.into_iter().filter(|name| sent.header(name).is_some()).collect()
}

#[tokio::test]
async fn an_inherited_header_is_removed() {
    let server = Server::silent_ok().await;
    let client = removing(&server).await;
    client.inherited().await.unwrap();
    assert_eq!(names(&server.take()), ["x-hub-2", "x-trait-1", "x-trait-2"]);
    client.removed().await.unwrap();
    let sent = server.take();
    assert_eq!(names(&sent), ["x-trait-2", "x-back"]);
    assert_eq!(sent.header("x-back").as_deref(), Some("method"));
}

/// Removal takes away what is inherited, not what is nearer.
#[tokio::test]
async fn what_is_nearer_than_the_removal_stays() {
    let server = Server::silent_ok().await;
    let client = removing(&server).await;
    client.given(Some("argument")).await.unwrap();
    assert_eq!(server.take().header("x-hub-2").as_deref(), Some("argument"));
    client.given(None).await.unwrap();
    assert_eq!(server.take().header("x-hub-2"), None);
    let view = client.with(|call| call.header("x-hub-1", "call"));
    view.inherited().await.unwrap();
    assert_eq!(server.take().header("x-hub-1").as_deref(), Some("call"));

    // An operator overrules a literal in the code, also one that removes.
    let url = server.url();
    let hub = Hub::builder().service("removing", |s| s.url(url).header("x-hub-1", "service"));
    let client: RemovingClient = hub.build().unwrap().client();
    client.inherited().await.unwrap();
    assert_eq!(server.take().header("x-hub-1").as_deref(), Some("service"));
}

#[tokio::test]
async fn a_call_removes_whatever_sets_it() {
    let server = Server::silent_ok().await;
    let client = removing(&server).await.with(|call| {
        call.remove_header("x-trait-1").remove_header("X-Hub-2").remove_header("x-never-there")
    });
    client.inherited().await.unwrap();
    assert_eq!(names(&server.take()), ["x-trait-2"]);
    client.given(Some("argument")).await.unwrap();
    assert_eq!(server.take().header("x-hub-2"), None);
}

#[feign::client]
trait Arguments {
    #[get("/")]
    async fn list(&self, #[header] x_list: &[&str], #[header("x-one")] one: Option<u8>) -> Answer;
    #[get("/")]
    async fn map(&self, #[header] x_one: &str, #[headers] more: &HeaderMap) -> Answer;
    #[get("/")]
    async fn optional(&self, #[headers] more: Option<&[(&str, &str)]>) -> Answer;
    #[get("/")]
    async fn ready(&self, #[header] authorization: &HeaderValue) -> Answer;
    #[get("/")]
    async fn cookies(
        &self,
        #[cookie] a: &str,
        #[cookie("B")] b: u8,
        #[cookie] c: Option<&str>,
    ) -> Answer;
    #[get("/")]
    async fn json(&self) -> Result<Vec<u32>, feign::Error>;
    #[get("/")]
    async fn json_as(&self, #[header] accept: &str) -> Result<Vec<u32>, feign::Error>;
    #[get("/")]
    #[headers("accept: application/vnd.list+json")]
    async fn json_by_literal(&self) -> Result<Vec<u32>, feign::Error>;
}

#[tokio::test]
async fn a_list_is_several_values() {
    let server = Server::silent_ok().await;
    let hub = Hub::builder().header("x-list", "hub").build().unwrap();
    let client: ArgumentsClient = hub.client_at(server.url()).unwrap();
    client.list(&["a", "b, c"], Some(1)).await.unwrap();
    let sent = server.take();
    assert_eq!(sent.header_values("x-list"), ["a", "b, c"]);
    assert_eq!(sent.header("x-one").as_deref(), Some("1"));
    // Nothing to say leaves what was inherited.
    client.list(&[], None).await.unwrap();
    let sent = server.take();
    assert_eq!(sent.header("x-list").as_deref(), Some("hub"));
    assert_eq!(sent.header("x-one"), None);
}

#[tokio::test]
async fn a_map_replaces_by_name_and_keeps_its_lists() {
    let server = Server::silent_ok().await;
    let client = ArgumentsClient::at(server.url()).unwrap();
    let mut more = HeaderMap::new();
    more.insert("x-one", HeaderValue::from_static("two"));
    more.append("x-more", HeaderValue::from_static("a"));
    more.append("x-more", HeaderValue::from_static("b"));
    client.map("one", &more).await.unwrap();
    let sent = server.take();
    assert_eq!(sent.header("x-one").as_deref(), Some("two"));
    assert_eq!(sent.header_values("x-more"), ["a", "b"]);
    client.optional(None).await.unwrap();
    server.take();
    client.optional(Some(&[("x-one", "1"), ("X-Two", "2")])).await.unwrap();
    let sent = server.take();
    assert_eq!(sent.header("x-one").as_deref(), Some("1"));
    assert_eq!(sent.header("x-two").as_deref(), Some("2"));
}

#[tokio::test]
async fn cookies_share_one_header() {
    let server = Server::silent_ok().await;
    let client = ArgumentsClient::at(server.url()).unwrap();
    client.cookies("1", 2, Some("3")).await.unwrap();
    assert_eq!(server.take().header("cookie").as_deref(), Some("a=1; B=2; c=3"));
    client.cookies("1", 2, None).await.unwrap();
    assert_eq!(server.take().header("cookie").as_deref(), Some("a=1; B=2"));
}

/// What a result is read as is said to the other side, unless somebody says more.
#[tokio::test]
async fn accept_follows_the_result() {
    let server = Server::always(crate::support::Reply::ok_json("[]")).await;
    let client = ArgumentsClient::at(server.url()).unwrap();
    client.json().await.unwrap();
    assert_eq!(server.take().header("accept").as_deref(), Some("application/json"));
    client.json_as("application/x").await.unwrap();
    assert_eq!(server.take().header("accept").as_deref(), Some("application/x"));
    client.json_by_literal().await.unwrap();
    assert_eq!(server.take().header("accept").as_deref(), Some("application/vnd.list+json"));
    client.with(|call| call.header("accept", "application/y")).json().await.unwrap();
    assert_eq!(server.take().header("accept").as_deref(), Some("application/y"));

    let hub = Hub::builder().header("accept", "application/z").build().unwrap();
    hub.client_at::<ArgumentsClient>(server.url()).unwrap().json().await.unwrap();
    assert_eq!(server.take().header("accept").as_deref(), Some("application/z"));
}

#[tokio::test]
async fn user_and_password_at_every_level() {
    let server = Server::silent_ok().await;
    let url = server.url();
    // RFC 7617, 2: `Aladdin:open sesame`.
    let (user, password) = ("Aladdin", "open sesame");
    let basic = Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");

    let hub = Hub::builder().basic_auth(user, password).build().unwrap();
    let client: RemovingClient = hub.client_at(&url).unwrap();
    client.inherited().await.unwrap();
    assert_eq!(server.take().header("authorization").as_deref(), basic);

    let hub = Hub::builder().service("removing", |s| s.url(&url).basic_auth(user, password));
    let client: RemovingClient = hub.build().unwrap().client();
    client.inherited().await.unwrap();
    assert_eq!(server.take().header("authorization").as_deref(), basic);

    let client = RemovingClient::at(&url).unwrap().with(|call| call.basic_auth(user, password));
    client.inherited().await.unwrap();
    assert_eq!(server.take().header("authorization").as_deref(), basic);

    let error = Hub::builder().basic_auth("a:b", "c").build().unwrap_err().to_string();
    assert!(error.contains("user"), "{error}");
}

/// Whoever logs headers can see which of them not to show.
#[tokio::test]
async fn credentials_are_marked_sensitive() {
    let mock = Mock::new();
    mock.on(ArgumentsClient::COOKIES).times(2).reply(200);
    mock.on(ArgumentsClient::READY).times(1).reply(200);
    let hub = mock.hub().basic_auth("user", "password").build().unwrap();
    let client: ArgumentsClient = hub.client_at("http://h.example").unwrap();
    client.cookies("1", 2, None).await.unwrap();
    let mut value = HeaderValue::from_static("Bearer 1");
    value.set_sensitive(true);
    client.ready(&value).await.unwrap();
    let view = client.with(|call| call.header("authorization", "Bearer 2"));
    view.cookies("1", 2, None).await.unwrap();
    mock.verify().unwrap();
    for request in mock.requests() {
        let authorization = &request.headers()["authorization"];
        assert!(authorization.is_sensitive(), "{authorization:?}");
        if let Some(cookie) = request.headers().get("cookie") {
            assert!(cookie.is_sensitive());
        }
    }
}

#[test]
fn what_is_no_header_is_refused_where_it_is_said() {
    for value in ["a\r\nb", "a\nb", "a\0", "é"] {
        let error = Hub::builder().header("x-a", value).build().unwrap_err().to_string();
        assert!(error.contains("x-a"), "{error}");
        let error = Hub::builder().service("inventory", |s| s.header("x-a", value)).build();
        let error = error.unwrap_err().to_string();
        assert!(error.contains("x-a") && error.contains("inventory"), "{error}");
        let settings = serde_json::from_value(serde_json::json!({
            "services": {"inventory": {"methods": {"item": {"headers": {"x-a": value}}}}},
        }));
        let error = Hub::builder().settings(settings.unwrap()).build().unwrap_err().to_string();
        for word in ["x-a", "inventory", "item"] {
            assert!(error.contains(word), "{word} is not in: {error}");
        }
    }
    let error = Hub::builder().header("x a", "fine").build().unwrap_err().to_string();
    assert!(error.contains("x a"), "{error}");
}

/// A view cannot fail when it is made; its calls do, before anything is sent.
#[tokio::test]
async fn a_view_with_a_bad_header_fails_its_calls() {
    let server = Server::silent_ok().await;
    let client = RemovingClient::at(server.url()).unwrap();
    for view in [
        client.with(|call| call.header("x-a", "a\r\nb")),
        client.with(|call| call.header("x a", "fine")),
        client.with(|call| call.remove_header("x a")),
    ] {
        let error = view.inherited().await.unwrap_err();
        assert!(error.to_string().contains("header"), "{error}");
        assert!(!error.is_retryable(), "{error:?}");
    }
    server.assert_untouched();
    client.inherited().await.unwrap();
    assert_eq!(server.received().len(), 1, "the client itself is as it was");
}

#[feign::client]
trait Keyed {
    #[post("/")]
    #[idempotent(key = "idempotency-key")]
    async fn reserve(&self) -> Answer;
    #[post("/")]
    #[idempotent]
    async fn plain(&self) -> Answer;
}

/// A version 4 UUID, another one for each call.
#[tokio::test]
async fn a_call_has_a_key_of_its_own() {
    let server = Server::silent_ok().await;
    let client = KeyedClient::at(server.url()).unwrap();
    client.reserve().await.unwrap();
    client.reserve().await.unwrap();
    client.plain().await.unwrap();
    let keys: Vec<_> =
        server.received().iter().map(|sent| sent.header("idempotency-key")).collect();
    let [Some(one), Some(other), None] = keys.as_slice() else { panic!("{keys:?}") };
    assert_ne!(one, other);
    for key in [one, other] {
        let shape: Vec<_> = key.split('-').map(str::len).collect();
        assert_eq!(shape, [8, 4, 4, 4, 12], "{key}");
        assert!(key.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit()), "{key}");
        assert_eq!(key.as_bytes()[14], b'4', "{key}");
        assert!(b"89ab".contains(&key.as_bytes()[19]), "{key}");
    }
    assert!(KeyedClient::RESERVE.is_idempotent() && KeyedClient::PLAIN.is_idempotent());
}
