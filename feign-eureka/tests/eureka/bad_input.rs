//! Whatever comes in place of a registry: what is known stays, and nothing panics.

use feign_eureka::Eureka;
use feign_eureka::testing::{EurekaServer, Fault};
use proptest::prelude::*;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::support::{Followed, ROUND, client, client_of, instance, secs};

/// 9. The last of two that are the same counts.
#[tokio::test(start_paused = true)]
async fn an_instance_that_is_listed_twice() {
    let server = EurekaServer::new();
    let listed = |host: &str| {
        format!(r#"{{"instanceId":"i1","hostName":"{host}","status":"UP","vipAddress":"orders"}}"#)
    };
    let (a, b) = (listed("h1"), listed("h2"));
    server.set_fault(Fault::Text(format!(
        r#"{{"applications":{{"versions__delta":"1","apps__hashcode":"UP_1_","application":[{{"name":"ORDERS","instance":[{a},{b}]}},{{"name":"ORDERS","instance":{a}}},{{"name":"ORDERS","instance":{b}}}]}}}}"#
    )));
    let eureka = client(&server);
    assert_eq!(Followed::new(&eureka, "orders").up().await, ["h2"]);
    assert_eq!(eureka.hash(), "UP_1_");
}

#[tokio::test(start_paused = true)]
async fn what_is_no_registry_leaves_what_is_known() {
    let texts =
        ["", "{}", "null", "[]", "{\"applications\":", "no JSON at all", "\u{0}", "[[[[[[[["];
    let faults = texts.map(|text| Fault::Text(text.to_owned()));
    let others = [Fault::Html, Fault::LyingGzip, Fault::Text("[".repeat(100_000))];
    for fault in faults.into_iter().chain(others) {
        let server = EurekaServer::new();
        server.add(&instance("orders", 1));
        let eureka = client(&server);
        let mut orders = Followed::new(&eureka, "orders");
        assert_eq!(orders.up().await, ["h1"]);
        server.set_fault(fault.clone());
        let why = orders.failure().await;
        assert_eq!(eureka.hash(), "UP_1_", "{fault:?}");
        if fault == Fault::Html {
            assert!(why.contains("text/html"), "{why}");
        }
        server.set_fault(None);
        server.add(&instance("orders", 2));
        assert_eq!(orders.up().await, ["h1", "h2"], "{fault:?}");
    }
}

/// Within the limit of size, and of time.
#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_end() {
    let server = EurekaServer::new();
    server.set_fault(Fault::Endless);
    let small = client_of(&server).body_limit(1 << 20).build().unwrap();
    let why = Followed::new(&small, "orders").failure().await;
    assert!(why.contains("1048576"), "{why}");
    let patient = client_of(&server).body_limit(usize::MAX).timeout(secs(2)).build().unwrap();
    let why = Followed::new(&patient, "orders").failure().await;
    assert!(why.contains("timeout"), "{why}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_come() {
    let server = EurekaServer::new();
    server.set_fault(Fault::Hang);
    let started = tokio::time::Instant::now();
    Followed::new(&client(&server), "orders").failure().await;
    assert_eq!(started.elapsed(), secs(10));
}

/// A bomb: much from little, cut off.
#[tokio::test]
async fn gzip_that_lies_about_its_size() {
    use std::io::Write as _;

    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..300 {
        bomb.write_all(&zeros).unwrap();
    }
    let bomb = bomb.finish().unwrap();
    let mut cut = bomb.clone();
    cut.truncate(bomb.len() / 2);
    let mut wrong_sum = gzipped(br#"{"applications":{"application":[]}}"#);
    let at = wrong_sum.len() - 6;
    wrong_sum[at] ^= 0xff;
    for body in [bomb, cut, wrong_sum, vec![0x1f, 0x8b], b"\x1f\x8b\x08\x00garbage".to_vec()] {
        let url = serve(body).await;
        let eureka = Eureka::at([url]).unwrap();
        Followed::new(&eureka, "orders").failure().await;
    }
    // Members behind each other are one body, and an empty one is none.
    let whole = [gzipped(br#"{"applications":{"#), gzipped(br#""application":[]}}"#)].concat();
    let eureka = Eureka::at([serve(whole).await]).unwrap();
    assert!(Followed::new(&eureka, "orders").update().await.unwrap().is_none());
}

fn gzipped(text: &[u8]) -> Vec<u8> {
    use std::io::Write as _;

    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// A server that answers everything with one compressed body.
async fn serve(body: Vec<u8>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/eureka", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = [0; 4096];
            let _ = stream.read(&mut head).await;
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).await;
            let _ = stream.write_all(&body).await;
        }
    });
    url
}

/// Bytes that are no HTTP, and a connection that is closed.
#[tokio::test]
async fn noise_on_the_wire() {
    for noise in
        [&b"\x16\x03\x01 noise"[..], b"", b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"]
    {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/eureka", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut head = [0; 4096];
                let _ = stream.read(&mut head).await;
                let _ = stream.write_all(noise).await;
            }
        });
        let eureka = Eureka::at([url]).unwrap();
        Followed::new(&eureka, "orders").failure().await;
    }
}

/// A delta that cannot be read, or says nothing of itself, leads to everything, at once.
#[tokio::test(start_paused = true)]
async fn deltas_of_noise() {
    for delta in [
        "noise",
        "{}",
        r#"{"applications":{"versions__delta":"?","apps__hashcode":"UP_1_","application":[]}}"#,
        r#"{"applications":{"apps__hashcode":"UP_1_","application":[]}}"#,
        r#"{"applications":{"versions__delta":"1","application":[]}}"#,
    ] {
        let server = EurekaServer::new();
        server.add(&instance("orders", 1));
        let noise = move |request: http::Request<feign_core::Body>,
                          next: feign_core::layer::Next| async move {
            if request.uri().path().ends_with("/delta") {
                return Ok(http::Response::new(feign_core::Body::from(delta)));
            }
            next.run(request).await
        };
        let eureka = client_of(&server)
            .hub(move |hub| hub.per_attempt(feign_core::layer::from_fn(noise)))
            .build()
            .unwrap();
        let mut orders = Followed::new(&eureka, "orders");
        assert_eq!(orders.up().await, ["h1"]);
        let started = tokio::time::Instant::now();
        server.add(&instance("orders", 2));
        assert_eq!(orders.up().await, ["h1", "h2"], "{delta}");
        assert!(started.elapsed() < ROUND, "{delta}");
        assert_eq!(server.count("GET /eureka/apps/"), 2);
    }
}

/// A registry as a server writes it.
fn payload() -> String {
    let server = EurekaServer::new();
    server.add(&instance("orders", 1).metadata("k", "ü\"\\").zone("a"));
    server.add(&instance("orders", 2).secure_port(443));
    server.add(&instance("payments", 3));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let text = runtime.block_on(async {
        use feign_eureka::api::{Api as _, ApiClient};
        let hub = feign_core::Hub::builder().transport(server.transport()).build().unwrap();
        let api: ApiClient = hub.client_at(server.url()).unwrap();
        assert_eq!(api.apps(&[]).await.unwrap().iter().count(), 2);
        raw(&hub, server.url()).await
    });
    assert!(Applications::from_json(text.as_bytes()).is_ok(), "{text}");
    text
}

async fn raw(hub: &feign_core::Hub, url: &str) -> String {
    #[feign_macros::client(crate = ::feign_core)]
    trait Raw {
        #[get("/apps")]
        #[headers("accept: application/json")]
        async fn apps(&self) -> Result<String, feign_core::Error>;
    }
    hub.client_at::<RawClient>(url).unwrap().apps().await.unwrap()
}

use feign_eureka::Applications;

/// Any JSON at all, of some depth.
fn json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;

    let keys = prop::sample::select(vec![
        "applications",
        "application",
        "name",
        "instance",
        "instanceId",
        "hostName",
        "app",
        "ipAddr",
        "status",
        "port",
        "$",
        "@enabled",
        "metadata",
        "@class",
        "dataCenterInfo",
        "actionType",
        "versions__delta",
        "apps__hashcode",
        "lastDirtyTimestamp",
        "vipAddress",
        "other",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        prop::sample::select(vec!["UP", "DELETED", "ADDED", "true", "8080"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(keys.clone(), inner, 0..6).prop_map(|map| {
                Value::Object(map.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
            }),
        ]
    })
}

proptest! {
    /// Any JSON below the root is read, and what is unusable is passed over.
    #[test]
    fn any_json_is_read(value in json()) {
        let text = serde_json::json!({ "applications": { "application": value.clone() } }).to_string();
        let read = Applications::from_json(text.as_bytes());
        prop_assert!(read.is_ok(), "{text}: {:?}", read.err());
        let _ = Applications::from_json(value.to_string().as_bytes());
        let whole = serde_json::json!({ "applications": value }).to_string();
        let _ = Applications::from_json(whole.as_bytes());
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..256)) {
        let _ = Applications::from_json(&bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// A real payload with some bytes changed, cut or doubled.
    #[test]
    fn a_payload_with_faults(
        faults in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..8),
    ) {
        static PAYLOAD: std::sync::LazyLock<String> = std::sync::LazyLock::new(payload);
        let mut bytes = PAYLOAD.clone().into_bytes();
        for (at, byte, kind) in faults {
            if bytes.is_empty() { break }
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.truncate(at),
                2 => { bytes.remove(at); }
                _ => { let piece = bytes[at..(at + 20).min(bytes.len())].to_vec(); bytes.splice(at..at, piece); }
            }
        }
        if let Ok(read) = Applications::from_json(&bytes) {
            prop_assert!(read.iter().flat_map(|app| app.instances()).all(|one| !one.id().is_empty()));
        }
    }
}
