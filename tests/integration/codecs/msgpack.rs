//! MessagePack.

use std::collections::BTreeMap;

use feign::codec::MsgPack;
use serde::{Deserialize, Serialize};

use crate::support::{Reply, Server};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Item {
    sku: String,
    pieces: Option<i64>,
    map: BTreeMap<u8, f64>,
}

#[feign::client(codec = MsgPack)]
trait Items {
    #[post("/")]
    async fn echo(&self, #[body] item: &Item) -> Result<Option<Item>, feign::Error>;
    #[get("/")]
    async fn number(&self) -> Result<u8, feign::Error>;
}

async fn client(reply: Reply) -> (Server, ItemsClient) {
    let server = Server::always(reply).await;
    let client = ItemsClient::at(server.url()).unwrap();
    (server, client)
}

#[tokio::test]
async fn there_and_back() {
    let server = Server::run(async |sent| Reply::status(200).body(sent.body)).await;
    let client = ItemsClient::at(server.url()).unwrap();
    let map = BTreeMap::from([(0, f64::INFINITY), (255, -0.5)]);
    let item = Item { sku: "é".to_owned(), pieces: Some(i64::MIN), map };
    assert_eq!(client.echo(&item).await.unwrap(), Some(item.clone()));
    let sent = server.take();
    let kind = "application/vnd.msgpack";
    assert_eq!(
        [sent.header("accept"), sent.header("content-type")],
        [kind, kind].map(|kind| Some(kind.to_owned()))
    );
    assert_eq!(sent.body, rmp_serde::to_vec_named(&item).unwrap());
}

#[tokio::test]
async fn nil_and_nothing_are_none() {
    let item = Item { sku: String::new(), pieces: None, map: BTreeMap::new() };
    for reply in [Reply::status(200).body([0xc0]), Reply::status(200), Reply::status(404)] {
        let (_server, client) = client(reply).await;
        assert_eq!(client.echo(&item).await.unwrap(), None);
    }
}

/// A stack must not overflow.
#[tokio::test]
async fn depth_has_a_limit() {
    #[derive(Debug, Deserialize)]
    struct Nested(Vec<Self>);

    #[feign::client(codec = MsgPack)]
    trait Deep {
        #[get("/")]
        async fn nested(&self) -> Result<Nested, feign::Error>;
    }
    for (depth, read) in [(20, true), (10_000, false), (1_000_000, false)] {
        let mut body = vec![0x91; depth];
        body.push(0x90);
        let server = Server::always(Reply::status(200).body(body)).await;
        let answer = DeepClient::at(server.url()).unwrap().nested().await;
        assert_eq!(answer.is_ok_and(|nested| nested.0.len() == 1), read, "{depth}");
    }
}

#[tokio::test]
async fn what_is_no_such_value_is_an_error() {
    for body in [vec![], vec![0xc1], vec![0xa1], b"{}".to_vec(), vec![1, 2], vec![0x91; 100_000]] {
        let (_server, client) = client(Reply::status(200).body(body.clone())).await;
        let error = client.number().await.unwrap_err();
        assert!(error.is_decode() && *error.body() == body, "{error}");
    }
}
