//! A script of the protocol, and what a real Eureka 5.0.2 answered when it was asked: the double has to answer
//! the same, with the times masked. `tests/services/eureka/script` asks both, and more.

use std::time::Duration;

use http::{HeaderName, HeaderValue, Method};

/// One request, and the status that it is answered with.
pub(crate) struct Row {
    pub(crate) about: &'static str,
    method: Method,
    path: String,
    headers: Vec<(&'static str, &'static str)>,
    body: Vec<u8>,
    pub(crate) status: u16,
    /// Whether the body is compared too.
    compares: bool,
}

/// What was answered, with what differs from run to run masked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) about: &'static str,
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) is_gzip: bool,
    pub(crate) body: String,
}

const JSON: (&str, &str) = ("accept", "application/json");
const SENDS_JSON: (&str, &str) = ("content-type", "application/json");

fn row(about: &'static str, line: &str, status: u16) -> Row {
    let (method, path) = line.split_once(' ').unwrap();
    let method = method.parse().unwrap();
    let headers = vec![JSON];
    Row { about, method, path: path.to_owned(), headers, body: Vec::new(), status, compares: true }
}

impl Row {
    fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value));
        self
    }

    /// Whether a real server answers from its cache: lists, and whatever is below a name in them.
    fn is_cached(&self) -> bool {
        self.method == Method::GET && !self.path.starts_with("/instances")
    }

    fn without_accept(mut self) -> Self {
        self.headers.clear();
        self.status_only()
    }

    fn status_only(mut self) -> Self {
        self.compares = false;
        self
    }
}

/// A registration, with a field of the usual one replaced (or, `null`, left out).
fn post(about: &'static str, field: &str, value: serde_json::Value, status: u16) -> Row {
    let mut instance = usual();
    match value {
        serde_json::Value::Null => drop(instance.as_object_mut().unwrap().remove(field)),
        value => instance[field] = value,
    }
    sent(about, "ORDERS", serde_json::json!({ "instance": instance }).to_string().into(), status)
}

fn sent(about: &'static str, app: &str, body: Vec<u8>, status: u16) -> Row {
    let mut row = row(about, &format!("POST /apps/{app}"), status);
    row.headers.push(SENDS_JSON);
    row.body = body;
    row
}

fn usual() -> serde_json::Value {
    serde_json::json!({
        "instanceId": "i1", "app": "ORDERS", "hostName": "127.0.0.1", "ipAddr": "127.0.0.1",
        "vipAddress": "orders,other", "secureVipAddress": "orders-s", "status": "UP",
        "port": { "$": 8080, "@enabled": "true" }, "securePort": { "$": 8443, "@enabled": "false" },
        "homePageUrl": "http://127.0.0.1:8080/", "statusPageUrl": "http://127.0.0.1:8080/info",
        "healthCheckUrl": "http://127.0.0.1:8080/health",
        "dataCenterInfo": { "@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", "name": "MyOwn" },
        "leaseInfo": { "renewalIntervalInSecs": 30, "durationInSecs": 90 },
        "metadata": { "zone": "z1", "weight": "3" }, "lastDirtyTimestamp": "1000000000000",
    })
}

/// All rows, in their order: each stands on those before it. The registry is empty at first.
pub(crate) fn rows() -> Vec<Row> {
    [reads(), renewals(), overrides(), changes(), demands(), shapes(), transport()]
        .into_iter()
        .flatten()
        .collect()
}

fn reads() -> Vec<Row> {
    vec![
        row("nothing", "GET /apps", 200),
        row("nothing changed", "GET /apps/delta", 200),
        post("a registration", "countryId", 1.into(), 204),
        row("everything", "GET /apps", 200),
        row("with a slash", "GET /apps/", 200),
        row("what changed", "GET /apps/delta", 200),
        row("an application", "GET /apps/ORDERS", 200),
        row("in lower case", "GET /apps/orders", 200),
        row("nobody", "GET /apps/NOBODY", 404),
        row("an instance", "GET /apps/ORDERS/i1", 200),
        row("an unknown instance", "GET /apps/ORDERS/i9", 404),
        row("by its id", "GET /instances/i1", 200),
        row("an unknown id", "GET /instances/i9", 404),
        row("by address", "GET /vips/orders", 200),
        row("by its other address", "GET /vips/other", 200),
        row("an address in another case", "GET /vips/ORDERS", 200),
        row("an unknown address", "GET /vips/nobody", 200),
        row("by secure address", "GET /svips/orders-s", 200),
    ]
}

fn renewals() -> Vec<Row> {
    vec![
        row("a renewal", "PUT /apps/ORDERS/i1", 200),
        row("of an unknown application", "PUT /apps/NOBODY/i1", 404),
        row("of an unknown instance", "PUT /apps/ORDERS/i9", 404),
        row(
            "with the same time",
            "PUT /apps/ORDERS/i1?status=UP&lastDirtyTimestamp=1000000000000",
            200,
        ),
        row(
            "with a later time",
            "PUT /apps/ORDERS/i1?status=UP&lastDirtyTimestamp=1000000000001",
            404,
        ),
        row(
            "with an earlier time",
            "PUT /apps/ORDERS/i1?status=UP&lastDirtyTimestamp=999999999999",
            200,
        ),
        row("as a replica", "PUT /apps/ORDERS/i1?status=UP&lastDirtyTimestamp=999999999999", 409)
            .with("x-netflix-discovery-replication", "true"),
        row("with no time", "PUT /apps/ORDERS/i1?lastDirtyTimestamp=soon", 500),
        row("with another status", "PUT /apps/ORDERS/i1?status=DOWN", 200),
        row("with no status", "PUT /apps/ORDERS/i1?status=BOGUS", 200),
        row("which change nothing", "GET /apps/ORDERS/i1", 200),
    ]
}

fn overrides() -> Vec<Row> {
    vec![
        row("out of service", "PUT /apps/ORDERS/i1/status?value=OUT_OF_SERVICE", 200),
        row("is out of service", "GET /apps/ORDERS/i1", 200),
        row("stays so when it is renewed", "PUT /apps/ORDERS/i1?status=UP", 200),
        post("and registered", "lastDirtyTimestamp", "1000000000002".into(), 204),
        row("it has stayed so", "GET /apps/ORDERS/i1", 200),
        row("the hash counts it", "GET /apps", 200),
        row("its address lists it", "GET /vips/orders", 200),
        row("a bad status", "PUT /apps/ORDERS/i1/status?value=BOGUS", 500),
        row("no status", "PUT /apps/ORDERS/i1/status", 500),
        row("of nobody", "PUT /apps/ORDERS/i9/status?value=DOWN", 404),
        row("up again", "DELETE /apps/ORDERS/i1/status?value=UP", 200),
        row("is up again", "GET /apps/ORDERS/i1", 200),
        row("out again", "PUT /apps/ORDERS/i1/status?value=OUT_OF_SERVICE", 200),
        row("cancelled", "DELETE /apps/ORDERS/i1", 200),
        post("and registered anew", "lastDirtyTimestamp", "1000000000003".into(), 204),
        row("clears it", "GET /apps/ORDERS/i1", 200),
        row("out once more", "PUT /apps/ORDERS/i1/status?value=DOWN", 200),
        row("taken away without a status", "DELETE /apps/ORDERS/i1/status", 200),
        row("is unknown", "GET /apps/ORDERS/i1", 200),
        row("cannot be renewed", "PUT /apps/ORDERS/i1?status=UP", 404),
        row("of nobody either", "DELETE /apps/ORDERS/i9/status?value=UP", 404),
        post("registered with another status", "status", "DOWN".into(), 204),
    ]
}

fn changes() -> Vec<Row> {
    vec![
        row(
            "metadata",
            "PUT /apps/ORDERS/i1/metadata?colour=blue&weight=9&%C3%BC=%F0%9F%A6%80",
            200,
        ),
        row("is merged", "GET /apps/ORDERS/i1", 200),
        row("none", "PUT /apps/ORDERS/i1/metadata", 200),
        row("of nobody", "PUT /apps/ORDERS/i9/metadata?a=b", 404),
        row("a good-bye", "DELETE /apps/ORDERS/i1", 200),
        row("and another", "DELETE /apps/ORDERS/i1", 404),
        row("nothing is left", "GET /apps", 200),
        row("but deltas tell", "GET /apps/delta", 200),
    ]
}

fn demands() -> Vec<Row> {
    let null = serde_json::Value::Null;
    let center = |fields: serde_json::Value| fields;
    vec![
        post("no application", "app", null.clone(), 400),
        post("no host", "hostName", null.clone(), 400),
        post("an empty host", "hostName", "".into(), 400),
        post("no address", "ipAddr", null.clone(), 400),
        post("no data center", "dataCenterInfo", null.clone(), 400),
        post(
            "one without a class",
            "dataCenterInfo",
            center(serde_json::json!({ "name": "MyOwn" })),
            400,
        ),
        post(
            "one without a name",
            "dataCenterInfo",
            center(
                serde_json::json!({ "@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo" }),
            ),
            400,
        ),
        post("another application", "app", "OTHER".into(), 400),
        post("a bare port", "port", 8081.into(), 400),
        sent("broken", "ORDERS", b"{".to_vec(), 400),
        sent("an empty object", "ORDERS", b"{}".to_vec(), 400),
        sent("a list", "ORDERS", b"[]".to_vec(), 400),
        sent("nothing", "ORDERS", Vec::new(), 400),
        sent("null", "ORDERS", b"null".to_vec(), 500),
        row("none of it was stored", "GET /apps", 200),
    ]
}

fn shapes() -> Vec<Row> {
    let null = serde_json::Value::Null;
    let port = serde_json::json!({ "$": "8081", "@enabled": true });
    vec![
        post("lower case", "app", "orders".into(), 204),
        row("is upper case", "GET /apps/ORDERS", 200),
        post("no id", "instanceId", null.clone(), 204),
        row("the host is the id", "GET /apps/ORDERS/127.0.0.1", 200),
        row("goes", "DELETE /apps/ORDERS/127.0.0.1", 200),
        post("texts for numbers", "port", port, 204),
        row("are read", "GET /apps/ORDERS/i1", 200),
        row("goes too", "DELETE /apps/ORDERS/i1", 200),
        post("a status that is none", "status", "up".into(), 204),
        row("is unknown", "GET /apps/ORDERS/i1", 200),
        row("goes as well", "DELETE /apps/ORDERS/i1", 200),
        post("a field that is none", "tomorrow", "x".into(), 204),
        post("one that is an object", "tomorrow", serde_json::json!({ "a": 1 }), 400),
        post("no metadata", "metadata", serde_json::json!({}), 204),
        row("is marked", "GET /apps/ORDERS/i1", 200),
        post("odd metadata", "metadata", serde_json::json!({ "n": 5, "t": true, "ü": "🦀" }), 204),
        row("becomes texts", "GET /apps/ORDERS/i1", 200),
        post("an older record", "lastDirtyTimestamp", "999999999999".into(), 204),
        row("is not taken", "GET /apps/ORDERS/i1", 200),
        post("an id of Spring's", "instanceId", "h:orders:8080".into(), 204),
        row("raw", "PUT /apps/ORDERS/h:orders:8080", 200),
        row("and encoded", "PUT /apps/ORDERS/h%3Aorders%3A8080", 200),
        post("an id with a space", "instanceId", "a b".into(), 204),
        row("is encoded", "GET /apps/ORDERS/a%20b", 200),
        row("a slash is not", "GET /apps/ORDERS/a%2Fb", 400).status_only(),
    ]
}

fn transport() -> Vec<Row> {
    let text = |body: &str| body.as_bytes().to_vec();
    let mut plain = sent("as text", "ORDERS", text("{}"), 415);
    plain.headers.retain(|(name, _)| *name != "content-type");
    vec![
        row("compressed", "GET /apps", 200).with("accept-encoding", "gzip").status_only(),
        row("a compressed delta", "GET /apps/delta", 200)
            .with("accept-encoding", "gzip")
            .status_only(),
        row("an application is not", "GET /apps/ORDERS", 200).with("accept-encoding", "gzip"),
        row("XML", "GET /apps", 200).without_accept(),
        row("a kind of JSON", "GET /apps", 406).with("accept", "application/*+json").status_only(),
        plain.with("content-type", "text/plain").status_only(),
        row("an unknown path", "GET /nothing", 404),
        row("no address", "GET /vips/", 404),
        row("a wrong verb", "POST /apps/ORDERS/i1", 405)
            .with("content-type", "application/json")
            .status_only(),
        row("another one", "PUT /apps/ORDERS", 405).status_only(),
        row("the other base", "GET /v2/apps", 200),
    ]
}

/// Plays the script against a server at its base URL, `http://127.0.0.1:8761/eureka`, whose cache of
/// answers turns over within `turnover`.
pub(crate) async fn play(base: &str, turnover: Duration) -> Vec<Answer> {
    let client = reqwest::Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
    let mut answers = Vec::new();
    for row in rows() {
        if row.is_cached() {
            tokio::time::sleep(turnover).await;
        }
        answers.push(ask(&client, base, row).await);
    }
    answers
}

async fn ask(client: &reqwest::Client, base: &str, row: Row) -> Answer {
    let url = format!("{base}{}", row.path);
    let mut request = client.request(row.method, &url).body(row.body);
    for (name, value) in row.headers {
        request = request.header(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    assert_eq!(status, row.status, "{}: {url}", row.about);
    let header = |name: &str| {
        let value = answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        value.unwrap_or_default()
    };
    let content_type = header("content-type").split(';').next().unwrap_or_default().to_owned();
    let is_gzip = header("content-encoding") == "gzip";
    let body = answer.bytes().await.unwrap();
    let body = if row.compares { masked(&body) } else { String::new() };
    Answer { about: row.about, status, content_type, is_gzip, body }
}

/// Takes the times out of an answer, and the order out of its lists.
fn masked(body: &[u8]) -> String {
    match serde_json::from_slice(body) {
        Ok(json) => mask(json).to_string(),
        Err(_) => String::from_utf8_lossy(body).into_owned(),
    }
}

fn mask(json: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;

    match json {
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(key, value)| {
                    let is_time =
                        key.to_lowercase().ends_with("timestamp") && key != "lastDirtyTimestamp";
                    let masks = is_time || key == "versions__delta";
                    (key, if masks { kind(&value).into() } else { mask(value) })
                })
                .collect(),
        ),
        Value::Array(items) => {
            let mut items: Vec<_> = items.into_iter().map(mask).collect();
            items.sort_by_key(ToString::to_string);
            Value::Array(items)
        }
        simple => simple,
    }
}

/// Whether a time is a number or a text is part of the protocol; and whether there is one.
fn kind(value: &serde_json::Value) -> &'static str {
    match value {
        serde_json::Value::String(_) => "a text",
        value if value == 0 => "none",
        _ => "a number",
    }
}
