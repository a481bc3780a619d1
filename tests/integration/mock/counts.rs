//! How many calls a route expects, and what they get in turn.

use super::{Stock as _, StockClient, mismatch, mocked};

#[tokio::test]
async fn replies_in_turn_and_the_last_for_ever() {
    let (mock, client) = mocked();
    mock.on(StockClient::REMOVE).reply(503).then(429).then(204);
    let mut statuses = Vec::new();
    for _ in 0..5 {
        let outcome = client.remove("A-1", None).await;
        statuses.push(outcome.map_or_else(|error| error.status().unwrap().as_u16(), |()| 204));
    }
    assert_eq!(statuses, [503, 429, 204, 204, 204]);
}

#[tokio::test]
async fn a_route_with_no_calls_left_makes_way() {
    let (mock, client) = mocked();
    mock.on(StockClient::ITEM).times(2).reply_json(200, "first");
    mock.on(StockClient::ITEM).times(1).reply_json(200, "second");
    for expected in ["first", "first", "second"] {
        assert_eq!(client.item("A-1").await.unwrap().as_deref(), Some(expected));
    }
    mock.verify().unwrap();
    let error = client.item("A-1").await.unwrap_err().to_string();
    assert!(error.contains("calls: expected exactly 2 calls, this is one more"), "{error}");
    assert!(mock.verify().is_err());
}

#[tokio::test]
async fn exactly() {
    let (mock, client) = mocked();
    mock.on(StockClient::ITEM).times(2).reply_json(200, "a");
    client.item("A-1").await.unwrap();
    assert!(mismatch(&mock).contains("expected exactly 2 calls, got 1"));
    client.item("A-1").await.unwrap();
    mock.verify().unwrap();
}

#[tokio::test]
async fn at_least() {
    let (mock, client) = mocked();
    mock.on(StockClient::ITEM).at_least(1).reply_json(200, "a");
    assert!(mismatch(&mock).contains("expected at least 1 call, got 0"));
    for _ in 0..3 {
        client.item("A-1").await.unwrap();
        mock.verify().unwrap();
    }
}

#[tokio::test]
async fn never() {
    let (mock, client) = mocked();
    mock.on(StockClient::ITEM).path("sku", "A-1").never();
    mock.on(StockClient::ITEM).reply_json(200, "a");
    client.item("B-2").await.unwrap();
    mock.verify().unwrap();
    let error = client.item("A-1").await.unwrap_err().to_string();
    assert!(error.contains("calls: expected no call, this is one more"), "{error}");
    assert!(mismatch(&mock).contains("unexpected call: GET /api/v1/items/A-1 (Stock.item)"));
}

/// Any number, none as well: common routes of many tests.
#[tokio::test]
async fn without_a_count() {
    let (mock, client) = mocked();
    mock.on(StockClient::ITEM).reply_json(200, "a");
    mock.verify().unwrap();
    client.item("A-1").await.unwrap();
    client.item("A-1").await.unwrap();
    mock.verify().unwrap();
}

/// Two calls at once do not get the same turn.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_at_once_are_counted_one_by_one() {
    let (mock, client) = mocked();
    mock.on(StockClient::ITEM).times(50).reply_json(200, "a");
    let calls = (0..80).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.item("A-1").await.is_ok() })
    });
    let mut fine = 0;
    for call in calls.collect::<Vec<_>>() {
        fine += usize::from(call.await.unwrap());
    }
    assert_eq!(fine, 50);
    assert_eq!(mock.requests().len(), 80);
    assert!(mock.verify().is_err());
}
