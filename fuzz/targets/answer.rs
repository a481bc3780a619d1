//! Any bytes as an HTTP answer, to each kind of result: none panics, none waits beyond its limits,
//! and they agree with each other.
#![no_main]

use std::collections::BTreeMap;

use feign::{Body, Bytes, Error, Json, Response};
use feign_fuzz::{Wire, hub, look_at, run};
use http_body_util::BodyExt as _;
use libfuzzer_sys::fuzz_target;
use serde::Deserialize;
use serde_json::Value;

#[feign::client]
trait Kinds {
    #[get("/")]
    async fn unit(&self) -> Result<(), Error>;
    #[get("/")]
    async fn text(&self) -> Result<String, Error>;
    #[get("/")]
    async fn bytes(&self) -> Result<Response<Bytes>, Error>;
    #[get("/")]
    async fn value(&self) -> Result<Value, Error>;
    #[get("/")]
    async fn item(&self) -> Result<Option<Item>, Error>;
    #[get("/")]
    #[accept(any)]
    async fn any(&self) -> Result<Response<Option<Json<Vec<Item>>>>, Error>;
    #[head("/")]
    async fn head(&self) -> Result<Response<()>, Error>;
    #[get("/")]
    async fn stream(&self) -> Result<Body, Error>;
}

/// Something of every shape, so that mistakes have places.
#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "read by serde only")]
struct Item {
    id: u64,
    name: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
    #[serde(default)]
    more: BTreeMap<String, Item>,
    pair: Option<(i8, f64)>,
    child: Option<Box<Item>>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "read by serde only")]
enum Tag {
    Plain,
    Number(u16),
    Pair(bool, char),
    Named { value: String },
}

fuzz_target!(|input: &[u8]| run(async {
    let hub = hub(Wire::new(input)).build().expect("a hub");
    let client: KindsClient = hub.client_at("http://h.example").expect("a client");
    let bytes = client.bytes().await;
    let text = client.text().await;
    let value = client.value().await;
    let stream = read(&client).await;
    match &bytes {
        Ok(whole) => {
            let bytes = whole.body();
            assert_eq!(text.is_ok(), std::str::from_utf8(bytes).is_ok());
            assert_eq!(value.is_ok(), serde_json::from_slice::<Value>(bytes).is_ok());
            assert_eq!(stream.as_ref().expect("it was whole before"), bytes);
        }
        // A body beyond the limit is an error when it is buffered, and none as a stream.
        Err(error) => assert!(stream.is_err() || error.is_too_large(), "{error:?}"),
    }
    for outcome in [
        bytes.map(drop),
        text.map(drop),
        value.map(drop),
        stream.map(drop),
        client.unit().await,
        client.item().await.map(drop),
        client.any().await.map(drop),
        client.head().await.map(drop),
    ] {
        let Err(error) = outcome else { continue };
        look_at(&error);
    }
}));

async fn read(client: &KindsClient) -> Result<Vec<u8>, Error> {
    let mut body = client.stream().await?;
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(Error::other)?;
        bytes.extend(frame.into_data().unwrap_or_default());
    }
    Ok(bytes)
}
