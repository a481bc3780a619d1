//! Any values in the variables of templates: what was expanded stands where it was meant to stand and
//! reads back as what was given, or it was refused.
#![no_main]

use arbitrary::Arbitrary;
use feign::{Body, Error, Hub, Request};
use feign_fuzz::{run, unescaped};
use libfuzzer_sys::fuzz_target;
use url::Url;

type Unsent = Result<Request<Body>, Error>;
type Pairs = Vec<(String, String)>;

#[feign::client(path = "/api")]
trait Templates {
    #[get("/items/{value}/end")]
    async fn path(&self, value: &str) -> Unsent;
    #[get("/files/{+value}")]
    async fn reserved(&self, value: &str) -> Unsent;
    #[get("/tree{/list*}")]
    async fn segments(&self, list: &[String]) -> Unsent;
    #[get("/matrix{;value,list*}")]
    async fn matrix(&self, value: &str, list: &[String]) -> Unsent;
    #[get("/label/x{.value}")]
    async fn label(&self, value: &str) -> Unsent;
    #[get("/query{?value,list*,short:3}")]
    async fn query(&self, value: Option<&str>, list: &[String], short: &str) -> Unsent;
    #[get("/map")]
    async fn map(&self, #[query] pairs: &Pairs) -> Unsent;
    #[get("/header")]
    async fn header(&self, #[header("x-value")] value: &str, #[headers] pairs: &Pairs) -> Unsent;
    #[get("/cookie")]
    async fn cookie(&self, #[cookie] value: &str) -> Unsent;
}

#[derive(Arbitrary, Debug)]
struct Values {
    value: String,
    list: Vec<String>,
    pairs: Pairs,
}

fuzz_target!(|values: Values| run(async {
    let Values { value, list, pairs } = &values;
    let transport = tower::service_fn(|_| async { Err::<http::Response<Body>, _>("never sent") });
    let hub = Hub::builder().transport(transport).build().expect("a hub");
    let client: TemplatesClient = hub.client_at("http://h.example/base").expect("a client");

    if let Some(url) = sent(client.path(value).await) {
        assert_eq!(segments(&url), ["base", "api", "items", value, "end"]);
    }
    if let Some(url) = sent(client.reserved(value).await) {
        assert!(url.path().starts_with("/base/api/files/") && url.query().is_none(), "{url}");
    }
    if let Some(url) = sent(client.segments(list).await) {
        assert_eq!(segments(&url)[3..], list[..]);
    }
    if let Some(url) = sent(client.matrix(value, list).await) {
        let last = url.path().rsplit('/').next().unwrap_or_default().to_owned();
        assert_eq!(last.split(';').count(), 2 + list.len(), "{url}");
    }
    if let Some(url) = sent(client.label(value).await) {
        assert_eq!(segments(&url)[3], format!("x.{value}"));
    }
    if let Some(url) = sent(client.query(Some(value), list, value).await) {
        let wanted = [("value", value)].into_iter().chain(list.iter().map(|item| ("list", item)));
        let short: String = value.chars().take(3).collect();
        assert_eq!(decoded(&url), wanted.chain([("short", &short)]).map(owned).collect::<Pairs>());
    }
    if let Some(url) = sent(client.map(pairs).await) {
        assert_eq!(decoded(&url), *pairs);
    }
    if let Ok(request) = client.header(value, pairs).await {
        let replaced = pairs.iter().any(|(name, _)| name.eq_ignore_ascii_case("x-value"));
        assert!(replaced || request.headers()["x-value"] == value.as_str(), "{values:?}");
    }
    if let Ok(request) = client.cookie(value).await {
        assert_eq!(request.headers()["cookie"], format!("value={value}"));
    }
}));

/// What the parser of everybody else (WHATWG) makes of what would be sent; `None` where it was refused.
fn sent(unsent: Unsent) -> Option<Url> {
    let request = match unsent {
        Ok(request) => request,
        Err(error) => {
            assert!(error.is_request() && !error.is_retryable(), "{error:?}");
            assert!(!error.to_string().chars().any(char::is_control), "{error}");
            return None;
        }
    };
    let text = request.uri().to_string();
    let url = Url::parse(&text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    assert_eq!((url.host_str(), url.port(), url.fragment()), (Some("h.example"), None, None));
    // Characters may be escaped on the way, segments not taken away.
    assert_eq!(unescaped(url.path()), unescaped(request.uri().path()), "folded on the way");
    Some(url)
}

fn segments(url: &Url) -> Vec<String> {
    let text = |segment| String::from_utf8(unescaped(segment)).expect("it was text");
    url.path().split('/').skip(1).map(text).collect()
}

/// The query as a form reads it.
fn decoded(url: &Url) -> Pairs {
    url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

fn owned((name, value): (&str, &String)) -> (String, String) {
    (name.to_owned(), value.clone())
}
