//! Whatever bytes a server sends: no panic, no wait beyond the limits, and an error that can be shown.

use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use feign::{Body, Bytes, Error, ErrorMap, Hub, Json, Problem, Response};
use http_body_util::BodyExt as _;
use proptest::collection::vec;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value;
use tokio::time::Instant;

use super::holds;
use crate::support::{Peer, Then};

#[feign::client]
trait Kinds {
    #[get("/")]
    async fn unit(&self) -> Result<(), Error>;
    #[get("/")]
    async fn text(&self) -> Result<String, Error>;
    #[get("/")]
    async fn bytes(&self) -> Result<Response<Bytes>, Error>;
    #[get("/")]
    async fn json(&self) -> Result<Value, Error>;
    #[get("/")]
    async fn typed(&self) -> Result<Option<Item>, Mapped>;
    #[get("/")]
    #[accept(any)]
    async fn any(&self) -> Result<Response<Option<Json<Vec<Item>>>>, Error>;
    #[head("/")]
    async fn head(&self) -> Result<Response<()>, Error>;
    #[get("/")]
    async fn stream(&self) -> Result<Body, Error>;
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "read by serde only")]
struct Item {
    id: u64,
    name: Option<String>,
    children: Option<Vec<Self>>,
}

#[derive(Debug, ErrorMap)]
#[code("/error/code")]
#[allow(dead_code, reason = "made and dropped")]
enum Mapped {
    #[status(409, code = "OUT")]
    Out(Json<Item>),
    #[status(429, 503)]
    Busy {
        #[retry_after]
        after: Option<Duration>,
        #[header("x-limit")]
        limit: Option<u64>,
    },
    #[status(5xx)]
    Broken(String),
    #[status(4xx)]
    Problem(Problem),
    #[otherwise]
    Other(Error),
}

type Script = Arc<Mutex<(Vec<u8>, Then)>>;
type Stage = (Peer, Script, KindsClient);

const LIMIT: Duration = Duration::from_millis(60);

async fn set_up() -> Stage {
    let script: Script = Arc::new(Mutex::new((Vec::new(), Then::Close)));
    let reading = Arc::clone(&script);
    let peer = Peer::run(move |mut wire| {
        let (bytes, then) = reading.lock().unwrap().clone();
        async move {
            if wire.request().await.is_some() && wire.write(&bytes).await {
                wire.end(then).await;
            }
        }
    })
    .await;
    let hub = Hub::builder().timeout(LIMIT).idle_timeout(LIMIT).body_limit(1000).build().unwrap();
    let client = hub.client_at(peer.url()).unwrap();
    (peer, script, client)
}

/// Calls every kind at once, and looks at what became of each.
async fn try_all(client: &KindsClient) {
    let started = Instant::now();
    let (unit, text, bytes, json, typed, any, head, stream) = tokio::join!(
        client.unit(),
        client.text(),
        client.bytes(),
        client.json(),
        client.typed(),
        client.any(),
        client.head(),
        read(client),
    );
    let typed = typed.map(drop).map_err(|error| match error {
        Mapped::Other(error) => error,
        other => Error::decode(format!("{other:?}")),
    });
    for outcome in [
        unit,
        text.map(drop),
        bytes.map(|bytes| assert!(bytes.body().len() <= 1000)),
        json.map(drop),
        typed,
        any.map(drop),
        head.map(drop),
        stream,
    ] {
        let Err(error) = outcome else { continue };
        look_at(&error);
    }
    let took = started.elapsed();
    assert!(took < Duration::from_secs(10), "{took:?}");
}

async fn read(client: &KindsClient) -> Result<(), Error> {
    let mut body = client.stream().await?;
    while let Some(frame) = body.frame().await {
        frame.map_err(Error::other)?;
    }
    Ok(())
}

/// One printable line of bounded length, and nothing kept beyond the limit.
fn look_at(error: &Error) {
    let text = error.to_string();
    assert!(text.len() < 4000, "{} bytes", text.len());
    assert!(!text.chars().any(char::is_control), "{text:?}");
    assert!(format!("{error:?}").len() < 20_000);
    assert!(error.body().len() <= 1000);
    let _ = (error.retry_after(), error.is_retryable(), error.source());
}

/// A head that is nearly one, and a body that is nearly what the head says.
fn nearly() -> impl Strategy<Value = Vec<u8>> {
    let status = prop_oneof![
        4 => prop::sample::select(vec!["200 OK", "204 No Content", "409 Conflict", "429 Slow", "503 Busy", "302 Found"]).prop_map(str::to_owned),
        1 => "[0-9]{1,4} [ -~]{0,8}",
    ];
    let header = prop_oneof![
        "content-length: [0-9]{1,3}",
        Just("transfer-encoding: chunked".to_owned()),
        prop::sample::select(vec![
            "content-type: application/json",
            "content-type: text/html",
            "content-encoding: gzip",
            "content-encoding: br",
            "content-encoding: zstd",
            "content-encoding: deflate",
            "connection: close",
            "connection: upgrade",
            "upgrade: h2c",
            "location: /",
            "location: http://127.0.0.1:1/",
            "set-cookie: a=b",
            "trailer: x-sum",
        ])
        .prop_map(str::to_owned),
        "retry-after: [0-9A-Za-z:, .+-]{0,30}",
        "x-limit: [ -~]{0,12}",
        "[a-zA-Z-]{1,8}:[ -~]{0,16}",
    ];
    let json = prop_oneof![
        r#"\{"id":[0-9]{1,22},"name":("[a-z\\\\"]{0,8}"|null),"children":\[\]\}"#,
        r#"\{"error":\{"code":"OUT"\},"id":-?[0-9]\.[0-9]e[0-9]{1,3}\}"#,
        "[\\[\\]{}\":,0-9a-z]{0,40}",
        Just("[".repeat(900)),
        Just("null".to_owned()),
    ];
    let chunked = vec(("[0-9a-f]{1,2}", vec(any::<u8>(), 0..20)), 0..4).prop_map(|chunks| {
        let mut bytes = Vec::new();
        for (size, chunk) in chunks {
            bytes.extend(format!("{size}\r\n").bytes());
            bytes.extend(chunk);
            bytes.extend(b"\r\n");
        }
        bytes
    });
    let body = prop_oneof![json.prop_map(String::into_bytes), vec(any::<u8>(), 0..1500), chunked];
    (status, vec(header, 0..6), body).prop_map(|(status, headers, body)| {
        let mut bytes = format!("HTTP/1.1 {status}\r\n").into_bytes();
        for header in headers {
            bytes.extend(header.bytes());
            bytes.extend(b"\r\n");
        }
        bytes.extend(b"\r\n");
        bytes.extend(body);
        bytes
    })
}

/// Cut, doubled or changed anywhere.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let edit = (any::<prop::sample::Index>(), vec(any::<u8>(), 0..4), 0..6usize);
    (nearly(), vec(edit, 0..4)).prop_map(|(mut bytes, edits)| {
        for (at, new, removed) in edits {
            let at = at.index(bytes.len());
            let end = (at + removed).min(bytes.len());
            bytes.splice(at..end, new);
            if bytes.is_empty() {
                break;
            }
        }
        bytes
    })
}

#[test]
fn never_panic_and_never_hang() {
    let bytes = prop_oneof![3 => mutated(), 2 => nearly(), 1 => vec(any::<u8>(), 0..400)];
    let then =
        prop_oneof![4 => Just(Then::Close), 2 => Just(Then::StayOpen), 1 => Just(Then::Reset)];
    holds(512, set_up, (bytes, then), async |(peer, script, client), case| {
        *script.lock().unwrap() = case;
        try_all(client).await;
        // Nothing of this case is left for the next one.
        if peer.open() > 0 {
            *script.lock().unwrap() = (Vec::new(), Then::Close);
        }
        Ok(())
    });
}
