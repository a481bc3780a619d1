//! Path and query, as a router that is not ours decodes them.

use std::collections::BTreeMap;

use feign::{Error, Response};
use serde::{Deserialize, Serialize};

use super::server::{Echo, Httpbin, values};

#[derive(Deserialize)]
struct User {
    authenticated: bool,
    user: String,
}

#[derive(Serialize)]
struct Filter<'a> {
    colour: &'a str,
    size: Option<u32>,
    price: Price,
}

#[derive(Serialize)]
struct Price {
    least: f64,
}

#[feign::client]
trait Params {
    /// Says yes if the variables of the path, decoded, are what the header says.
    #[get("/basic-auth/{user}/{password}")]
    async fn check(&self, user: &str, password: &str) -> Result<User, Error>;
    #[get("/anything/{+rest}")]
    async fn reserved(&self, rest: &str) -> Result<Echo, Error>;
    #[get("/anything{/segments*}")]
    async fn segments(&self, segments: &[&str]) -> Result<Echo, Error>;
    #[get("/etag/{etag}")]
    async fn etag(&self, etag: &str) -> Result<Response<()>, Error>;
    #[get("/get{?q,tags*}")]
    async fn search(
        &self,
        q: &str,
        tags: &[&str],
        #[query("page-size")] page_size: Option<u32>,
        #[query(style = csv)] ids: &[u32],
        #[query(style = deep_object)] range: &BTreeMap<&str, f64>,
        #[query(flatten)] filter: &Filter<'_>,
    ) -> Result<Echo, Error>;
}

/// What a path or a query has a meaning for, or a careless client breaks.
const ODD: [&str; 14] = [
    "a/b",
    "a?b",
    "a#b",
    "a&b=c",
    "a;b,c",
    "100%",
    "%2F",
    "%25",
    "a b+c",
    "\"<>\\^`{|}",
    "grüße",
    "日本語",
    "🦀",
    "~-._!$'()*@",
];

pub(super) async fn a_path_is_what_the_router_decodes(httpbin: &Httpbin) {
    let client = ParamsClient::at(httpbin.url()).unwrap();
    for odd in ODD {
        let as_odd = client.with(|call| call.basic_auth(odd, odd));
        let user = as_odd.check(odd, odd).await.unwrap_or_else(|error| panic!("{odd}: {error:?}"));
        assert!(user.authenticated, "{odd}");
        assert_eq!(user.user, odd);
    }
    let echo = client.reserved("a/b c/%41?é").await.unwrap();
    assert_eq!(echo.url, format!("{}/anything/a/b%20c/%41%3F%C3%A9", httpbin.url()));
    let echo = client.segments(&["a/b", "c d"]).await.unwrap();
    assert_eq!(echo.url, format!("{}/anything/a%2Fb/c%20d", httpbin.url()));
    let answer = client.etag("v1.2~3").await.unwrap();
    assert_eq!(answer.headers()["etag"], "\"v1.2~3\"");
}

pub(super) async fn a_query_is_what_the_server_decodes(httpbin: &Httpbin) {
    let client = ParamsClient::at(httpbin.url()).unwrap();
    let filter = Filter { colour: "grün & blau", size: None, price: Price { least: 1.5 } };
    let range = BTreeMap::from([("least", 0.25)]);
    for odd in ODD {
        let echo = client.search(odd, &ODD, Some(20), &[1, 2], &range, &filter).await.unwrap();
        assert_eq!(
            echo.args,
            values(&[
                ("q", &[odd]),
                ("tags", &ODD),
                ("page-size", &["20"]),
                ("ids", &["1,2"]),
                ("range[least]", &["0.25"]),
                ("colour", &["grün & blau"]),
                ("price.least", &["1.5"]),
            ])
        );
    }
    let echo = client.search("", &[], None, &[], &range, &filter).await.unwrap();
    let names: Vec<_> = echo.args.keys().map(String::as_str).collect();
    assert_eq!(names, ["colour", "price.least", "q", "range[least]"]);
    assert_eq!(echo.args["q"], [""], "an empty text is sent");
}
