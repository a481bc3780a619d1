//! Futures of calls go to other tasks: of the client, of a type parameter, of borrowed arguments.

use std::sync::Arc;

use feign::Error;

use super::{Stock, StockClient, take};
use crate::support::{Reply, Server};

async fn stock() -> (Server, StockClient) {
    let server = Server::always(Reply::ok_json("3")).await;
    let client = StockClient::at(server.url()).unwrap();
    (server, client)
}

/// The request is filled at the call, so the future borrows neither client nor arguments.
#[tokio::test]
async fn a_call_outlives_what_it_was_made_of() {
    let (_server, client) = stock().await;
    let call = {
        let client = client.clone();
        let sku = String::from("A-1");
        client.level(&sku)
    };
    assert_eq!(tokio::spawn(call).await.unwrap().unwrap(), Some(3));
}

#[tokio::test]
async fn code_that_is_generic_over_the_trait_is_spawned() {
    fn spawn<S: Stock + 'static>(stock: S) -> tokio::task::JoinHandle<Result<bool, Error>> {
        tokio::spawn(async move { take(&stock, "A-1", 1).await })
    }
    let (_server, client) = stock().await;
    assert!(spawn(client.clone()).await.unwrap().unwrap());
    assert!(spawn(Arc::new(client)).await.unwrap().unwrap());
}

#[tokio::test]
async fn many_calls_at_once() {
    let (server, client) = stock().await;
    let skus: Vec<String> = (0..20).map(|sku| sku.to_string()).collect();
    let calls: Vec<_> = skus.iter().map(|sku| tokio::spawn(client.level(sku))).collect();
    drop(skus);
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap(), Some(3));
    }
    let mut lines = server.lines();
    lines.sort();
    lines.dedup();
    assert_eq!(lines.len(), 20);
}

#[tokio::test]
async fn joined_and_selected() {
    let (_server, client) = stock().await;
    let (one, two) = tokio::join!(client.level("A-1"), client.level("B-2"));
    assert_eq!((one.unwrap(), two.unwrap()), (Some(3), Some(3)));
    tokio::select! {
        biased;
        level = client.level("A-1") => assert_eq!(level.unwrap(), Some(3)),
        () = std::future::pending() => unreachable!(),
    }
}

/// On several threads too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_several_threads() {
    let (_server, client) = stock().await;
    let calls: Vec<_> = (0..10).map(|_| tokio::spawn(client.level("A-1"))).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap(), Some(3));
    }
}

/// Nothing is sent until somebody asks.
#[tokio::test]
async fn a_call_is_lazy() {
    let (server, client) = stock().await;
    drop(client.level("A-1"));
    let waiting = client.level("A-1");
    tokio::task::yield_now().await;
    server.assert_untouched();
    waiting.await.unwrap();
    assert_eq!(server.received().len(), 1);
}
