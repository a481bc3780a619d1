//! What was expected and what came, as a person reads it.

use feign::Method;
use serde_json::json;

use super::{Order, Stock as _, StockClient, mismatch, mocked};

/// The line of the call, for what names it.
fn lines_of(text: &str) -> String {
    // `said at tests/integration/mock/verify.rs:12` -> `said at L`
    let mut out = String::new();
    for line in text.lines() {
        let line = line.split_once(", said at ").map_or_else(
            || line.to_owned(),
            |(before, place)| {
                let (file, number) = place.rsplit_once(':').unwrap();
                assert!(file.ends_with("verify.rs") && number.parse::<u32>().is_ok(), "{place}");
                format!("{before}, said at L")
            },
        );
        out.push_str(&line);
        out.push('\n');
    }
    out
}

#[tokio::test]
async fn a_readable_diff() {
    let (mock, client) = mocked();
    mock.on(StockClient::ORDER)
        .path("sku", "A-1")
        .body_json(json!({"pieces": 2, "gift": true}))
        .header("x-tenant", "acme")
        .when("it is Monday", |_| false)
        .times(1)
        .reply_json(201, 1);
    mock.on(StockClient::SEARCH).query("tags", "x").at_least(2).reply_json(200, [""; 0]);
    client.search("q", &["x"]).await.unwrap();
    client.order("B-2", &Order { pieces: 3 }).await.unwrap_err();
    client.search("q", &["y", "z"]).await.unwrap_err();
    assert_eq!(
        lines_of(&mismatch(&mock)),
        r#"the calls are not those that the mock expects:

1. unexpected call: POST /api/v1/items/B-2/orders (Stock.order)
   nearest route: Stock.order (POST /api/v1/items/{sku}/orders), said at L
     path `sku`: expected "A-1", got "B-2"
     body `/gift`: expected true, got nothing
     body `/pieces`: expected 2, got 3
     header `x-tenant`: expected "acme", got none
     it is Monday: expected to hold, but does not

2. unexpected call: GET /api/v1/items?q=q&tags=y&tags=z (Stock.search)
   nearest route: Stock.search (GET /api/v1/items{?q,tags*}), said at L
     query `tags`: expected "x", got "y", "z"

3. Stock.order (POST /api/v1/items/{sku}/orders), said at L
     expected exactly 1 call, got 0

4. Stock.search (GET /api/v1/items{?q,tags*}), said at L
     expected at least 2 calls, got 1

what came, in its order:
   GET /api/v1/items?q=q&tags=x (Stock.search)
   POST /api/v1/items/B-2/orders (Stock.order), unexpected
   GET /api/v1/items?q=q&tags=y&tags=z (Stock.search), unexpected
"#
    );
}

#[tokio::test]
async fn the_call_gets_an_error_that_says_so() {
    let (mock, client) = mocked();
    mock.on(StockClient::ITEM).path("sku", "A-1").reply_json(200, "a");
    let error = client.item("B-2").await.unwrap_err();
    assert!(!error.is_retryable() && !error.is_status() && !error.is_connect(), "{error:?}");
    assert_eq!(error.operation().unwrap().name(), "Stock.item");
    let text = error.to_string();
    for part in
        ["unexpected call", "nearest route: Stock.item (GET /api/v1/items/{sku})", r#"got "B-2""#]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(mock.verify().is_err());
}

/// The nearest: same operation before same path, same path before another one.
#[tokio::test]
async fn the_nearest_route() {
    let (mock, client) = mocked();
    client.item("B-2").await.unwrap_err();
    assert!(mismatch(&mock).contains("the mock has no route"), "{}", mismatch(&mock));

    mock.on_path(Method::PUT, "/other/{x}").reply(200);
    mock.on_path(Method::PUT, "/api/v1/items/{sku}").reply(200);
    let error = client.item("B-2").await.unwrap_err().to_string();
    assert!(error.contains("nearest route: PUT /api/v1/items/{sku}"), "{error}");
    assert!(error.contains("method: expected PUT, got GET"), "{error}");

    mock.on_path(Method::GET, "/api/v2/items/{sku}").reply(200);
    let error = client.order("B-2", &Order { pieces: 1 }).await.unwrap_err().to_string();
    assert!(error.contains("nearest route: PUT /api/v1/items/{sku}"), "{error}");
    assert!(
        error.contains("path: expected `/api/v1/items/{sku}`, got `/api/v1/items/B-2/orders`"),
        "{error}"
    );

    mock.on(StockClient::REMOVE).reply(204);
    mock.on(StockClient::ORDER).path("sku", "A-1").path("sku", "A-2").reply(204);
    mock.on(StockClient::ORDER).path("sku", "A-1").body_json(json!({"pieces": 1})).reply(204);
    let error = client.order("B-2", &Order { pieces: 1 }).await.unwrap_err().to_string();
    assert!(
        error.ends_with("path `sku`: expected \"A-1\", got \"B-2\" [http://inventory]"),
        "{error}"
    );
    let error = client.peek("A-1").await.unwrap_err().to_string();
    assert!(error.contains("expected PUT, got HEAD"), "{error}");
    assert!(mock.verify().is_err());
}

#[tokio::test]
async fn bodies_that_are_no_json() {
    let (mock, client) = mocked();
    mock.on(StockClient::REMOVE).body_json(json!({})).reply(204);
    let error = client.remove("A-1", None).await.unwrap_err().to_string();
    assert!(error.contains("body: expected JSON, got none"), "{error}");
    assert!(mock.verify().is_err());
}

// === when it is dropped ===

/// The code under test may swallow the error: the mock does not.
#[tokio::test]
#[should_panic(expected = "unexpected call: GET /api/v1/items/A-1 (Stock.item)")]
async fn an_unexpected_call_fails_the_test() {
    let (_mock, client) = mocked();
    let _ = client.item("A-1").await;
}

#[test]
#[should_panic(expected = "expected exactly 1 call, got 0")]
fn a_missing_call_fails_the_test() {
    let (mock, _client) = mocked();
    mock.on(StockClient::ITEM).times(1).reply(200);
}

#[tokio::test]
async fn what_was_told_is_not_told_again() {
    let (mock, client) = mocked();
    mock.on(StockClient::REMOVE).times(1).reply(204);
    client.item("A-1").await.unwrap_err();
    assert!(mock.verify().is_err());
    drop(mock);
}

#[tokio::test]
#[should_panic(expected = "GET /api/v1/items/B-2")]
async fn what_came_since_is_told() {
    let (mock, client) = mocked();
    client.item("A-1").await.unwrap_err();
    assert!(mock.verify().is_err());
    client.item("B-2").await.unwrap_err();
}

/// A second panic would abort the process and hide the first.
#[tokio::test]
#[should_panic(expected = "the first")]
async fn another_panic_is_not_disturbed() {
    let (_mock, client) = mocked();
    let _ = client.item("A-1").await;
    panic!("the first");
}

/// A client outlives its mock.
#[tokio::test]
async fn a_client_without_its_mock() {
    let (mock, client) = mocked();
    mock.on(StockClient::ITEM).reply_json(200, "a");
    drop(mock);
    assert!(client.item("A-1").await.unwrap().is_some());
}
