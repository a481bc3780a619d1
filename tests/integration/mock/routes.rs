//! Which calls a route is for.

use feign::Method;
use feign::mock::Reply;
use serde_json::json;

use super::{Order, Stock as _, StockClient, mocked};
use crate::support::Wrong;

#[tokio::test]
async fn an_operation() {
    let (mock, client) = mocked();
    mock.on(StockClient::SEARCH).reply_json(200, ["A-1"]);
    mock.on(StockClient::ITEM).reply_json(200, "a ball");
    mock.on(StockClient::REMOVE).reply(204);
    assert_eq!(client.item("A-1").await.unwrap().as_deref(), Some("a ball"));
    assert_eq!(client.search("ball", &[]).await.unwrap(), ["A-1"]);
    client.remove("A-1", None).await.unwrap();
}

#[tokio::test]
async fn a_variable_of_the_path_as_it_was_given() {
    let (mock, client) = mocked();
    for sku in ["A-1", "a/b c", "50%", "%2F", "é", "a+b"] {
        mock.on(StockClient::ITEM).path("sku", sku).times(1).reply_json(200, sku);
    }
    for sku in ["é", "%2F", "a+b", "50%", "a/b c", "A-1"] {
        assert_eq!(client.item(sku).await.unwrap().as_deref(), Some(sku));
    }
}

#[tokio::test]
async fn values_of_the_query() {
    let (mock, client) = mocked();
    mock.on(StockClient::SEARCH).query("q", "a b&c").query("tags", "x+y").reply_json(200, ["1"]);
    mock.on(StockClient::SEARCH).query("q", "").reply_json(200, ["2"]);
    assert_eq!(client.search("a b&c", &["w", "x+y"]).await.unwrap(), ["1"]);
    assert_eq!(client.search("", &["x+y"]).await.unwrap(), ["2"]);
    client.search("a b&c", &["w"]).await.unwrap_err();
    assert!(mock.verify().is_err());
}

#[tokio::test]
async fn headers_bodies_and_predicates() {
    let (mock, client) = mocked();
    mock.on(StockClient::REMOVE).header("x-tenant", "acme").reply(204);
    mock.on(StockClient::REMOVE)
        .when("no tenant", |request| request.header("x-tenant").is_none())
        .reply(403);
    mock.on(StockClient::ORDER).body_json(json!({"pieces": 1})).reply_json(201, 1);
    mock.on(StockClient::ORDER).body_json(Order { pieces: 2 }).reply_json(201, 2);
    client.remove("A-1", Some("acme")).await.unwrap();
    assert_eq!(client.remove("A-1", None).await.unwrap_err().status().unwrap(), 403);
    assert_eq!(client.order("A-1", &Order { pieces: 2 }).await.unwrap(), 2);
    assert_eq!(client.order("A-1", &Order { pieces: 1 }).await.unwrap(), 1);
}

/// A value is what could be an argument there.
#[tokio::test]
async fn values_are_arguments() {
    #[derive(Clone, Copy, feign::Param)]
    struct Id(u64);

    #[feign::client]
    trait Numbers {
        #[get("/{id}{?dry}")]
        async fn number(&self, id: Id, dry: bool, #[header] x_day: u32)
        -> Result<(), feign::Error>;
    }

    let mock = feign::mock::Mock::new();
    mock.on(NumbersClient::NUMBER)
        .path("id", Id(7))
        .path("id", 7)
        .query("dry", true)
        .header("x-day", 3)
        .times(1)
        .reply(200);
    mock.client::<NumbersClient>().number(Id(7), true, 3).await.unwrap();
}

#[tokio::test]
async fn verb_and_path() {
    let (mock, client) = mocked();
    mock.on_path(Method::GET, "/api/v1/items/{id}").path("id", "A-1").reply_json(200, "one");
    mock.on_path(Method::GET, "/api/v1/{+rest}").reply_json(200, ["rest"]);
    mock.on_path(Method::DELETE, "/api/v1/items/B%2F2").reply(204);
    assert_eq!(client.item("A-1").await.unwrap().as_deref(), Some("one"));
    assert_eq!(client.search("q", &[]).await.unwrap(), ["rest"]);
    client.remove("B/2", None).await.unwrap();
    client.remove("A-1", None).await.unwrap_err();
    assert_eq!(mock.requests()[0].path("id"), Some("A-1"));
    assert!(mock.verify().is_err());
}

#[tokio::test]
async fn the_first_that_fits() {
    let (mock, client) = mocked();
    mock.on(StockClient::ITEM).path("sku", "A-1").reply_json(200, "first");
    mock.on(StockClient::ITEM).reply_json(200, "second");
    mock.on(StockClient::ITEM).path("sku", "A-1").reply_json(200, "third");
    assert_eq!(client.item("A-1").await.unwrap().as_deref(), Some("first"));
    assert_eq!(client.item("B-2").await.unwrap().as_deref(), Some("second"));
}

#[tokio::test]
async fn a_reply_made_of_the_request() {
    let (mock, client) = mocked();
    mock.on(StockClient::ORDER).reply_with(|request| match request.json::<Order>().pieces {
        pieces @ 1..=9 => Reply::json(201, pieces).header("x-sku", request.path("sku").unwrap()),
        _ => 422.into(),
    });
    mock.on(StockClient::REMOVE).reply_with(|_| 204);
    assert_eq!(client.order("A-1", &Order { pieces: 3 }).await.unwrap(), 3);
    let error = client.order("A-1", &Order { pieces: 10 }).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 422);
    client.remove("A-1", None).await.unwrap();
}

/// Whoever answers may ask the mock.
#[tokio::test]
async fn a_predicate_may_ask_the_mock() {
    let (mock, client) = mocked();
    let mock = std::sync::Arc::new(mock);
    let weak = std::sync::Arc::downgrade(&mock);
    mock.on(StockClient::ITEM)
        .when("the first", move |_| weak.upgrade().unwrap().requests().is_empty())
        .reply_json(200, "first");
    assert!(client.item("A-1").await.unwrap().is_some());
}

/// What cannot be right panics at its line.
#[test]
fn mistakes_of_a_test() {
    let mut wrong = Wrong::default();
    let mut told = |row: &str, mistake: fn(&feign::mock::Mock), expected: &str| {
        let mock = feign::mock::Mock::new();
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| mistake(&mock)));
        let text = panic.map_or_else(
            |panic| {
                let text = panic.downcast_ref::<String>().cloned();
                text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
                    .unwrap()
            },
            |()| "no panic".to_owned(),
        );
        wrong.unless(text.contains(expected), row, &text);
    };
    told(
        "path",
        |mock| drop(mock.on(StockClient::ITEM).path("skuu", "A-1")),
        "the path of Stock.item (GET /api/v1/items/{sku}) has no variable `skuu`; it has [\"sku\"]",
    );
    told(
        "no path",
        |mock| drop(mock.on(StockClient::SEARCH).path("q", "x")),
        "has no variable `q`; it has []",
    );
    told("line break", |mock| drop(mock.on(StockClient::ITEM).path("sku", "a\nb")), "never sent");
    told(
        "header",
        |mock| drop(mock.on(StockClient::ITEM).header("x y", "1")),
        "invalid HTTP header",
    );
    told("brace", |mock| drop(mock.on_path(Method::GET, "/{a")), "`/{a` has a brace without");
    told("slash", |mock| drop(mock.on_path(Method::GET, "a")), "does not begin with `/`");
    told("status", |mock| _ = mock.on(StockClient::ITEM).reply(99), "invalid status code");
    told(
        "reply header",
        |_| drop(Reply::status(200).header("x-a", "a\nb")),
        "header `x-a`: failed to parse header value",
    );
    wrong.finish();
}
