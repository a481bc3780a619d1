//! `#[query(flatten)]`: any struct or map, nested by `.`, several of them per method.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::Answer;
use crate::support::Server;

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Filter {
    min_price: Option<u32>,
    name: &'static str,
    tags: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inner: Option<Inner>,
    #[serde(flatten)]
    more: BTreeMap<&'static str, &'static str>,
}

#[derive(Serialize)]
struct Inner {
    city: &'static str,
    geo: Geo,
}

#[derive(Serialize)]
struct Geo {
    lat: f64,
    exact: bool,
    kind: Kind,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Point,
}

#[derive(Serialize)]
struct Page {
    page: u32,
}

#[derive(Serialize)]
struct Wrapped(Page);

#[feign::client]
trait Flattened {
    #[get("/{?q}")]
    async fn one(&self, q: Option<&str>, #[query(flatten)] filter: &Filter) -> Answer;
    #[get("/")]
    async fn two(
        &self,
        #[query(flatten)] filter: &Filter,
        #[query(flatten)] page: Page,
        #[query] last: u8,
    ) -> Answer;
    #[get("/")]
    async fn optional(&self, #[query(flatten)] page: Option<&Page>) -> Answer;
    #[get("/")]
    async fn map(&self, #[query(flatten)] map: &BTreeMap<&str, Option<u32>>) -> Answer;
    #[get("/")]
    async fn newtype(&self, #[query(flatten)] page: &Wrapped) -> Answer;
    #[get("/")]
    async fn any(&self, #[query(flatten)] value: &serde_json::Value) -> Answer;
    #[get("/")]
    async fn deep_map(&self, #[query(flatten)] map: &HashMap<&str, BTreeMap<&str, u8>>) -> Answer;
}

async fn client() -> (Server, FlattenedClient) {
    let server = Server::silent_ok().await;
    let client = FlattenedClient::at(server.url()).unwrap();
    (server, client)
}

#[tokio::test]
async fn a_struct_gives_its_fields() {
    let (server, client) = client().await;
    let filter =
        Filter { name: "a b", min_price: Some(3), tags: vec!["x", "y&"], ..Filter::default() };
    client.one(Some("q"), &filter).await.unwrap();
    assert_eq!(server.take().line, "GET /?q=q&minPrice=3&name=a%20b&tags=x&tags=y%26");
}

/// `None` and an empty list are left out, an empty text is not.
#[tokio::test]
async fn nothing_is_left_out() {
    let (server, client) = client().await;
    client.one(None, &Filter::default()).await.unwrap();
    assert_eq!(server.take().line, "GET /?name=");
    client.optional(None).await.unwrap();
    assert_eq!(server.take().line, "GET /");
    client.optional(Some(&Page { page: 2 })).await.unwrap();
    assert_eq!(server.take().line, "GET /?page=2");
    client.map(&BTreeMap::from([("a", None), ("b", Some(1))])).await.unwrap();
    assert_eq!(server.take().line, "GET /?b=1");
}

#[tokio::test]
async fn what_is_nested_has_a_dotted_name() {
    let (server, client) = client().await;
    let geo = Geo { lat: 50.5, exact: true, kind: Kind::Point };
    let filter = Filter {
        name: "n",
        inner: Some(Inner { city: "Köln", geo }),
        more: BTreeMap::from([("k&", "v")]),
        ..Filter::default()
    };
    client.one(None, &filter).await.unwrap();
    assert_eq!(
        server.take().line,
        "GET /?name=n&inner.city=K%C3%B6ln&inner.geo.lat=50.5&inner.geo.exact=true\
         &inner.geo.kind=point&k%26=v"
    );
    client.deep_map(&HashMap::from([("a", BTreeMap::from([("b", 1), ("c", 2)]))])).await.unwrap();
    assert_eq!(server.take().line, "GET /?a.b=1&a.c=2");
}

#[tokio::test]
async fn several_per_method_in_their_order() {
    let (server, client) = client().await;
    let filter = Filter { name: "n", ..Filter::default() };
    client.two(&filter, Page { page: 2 }, 9).await.unwrap();
    assert_eq!(server.line(), "GET /?name=n&page=2&last=9");
}

#[tokio::test]
async fn values_and_newtypes() {
    let (server, client) = client().await;
    client.newtype(&Wrapped(Page { page: 3 })).await.unwrap();
    assert_eq!(server.take().line, "GET /?page=3");
    let value = serde_json::json!({"a": 1, "b": null, "c": [1, "two", true], "d": {"e": 1.5}});
    client.any(&value).await.unwrap();
    assert_eq!(server.take().line, "GET /?a=1&c=1&c=two&c=true&d.e=1.5");
}

/// An empty name is a name.
#[tokio::test]
async fn empty_names_are_kept() {
    let (server, client) = client().await;
    client.any(&serde_json::json!({"": 1, "a": {"": 2}})).await.unwrap();
    assert_eq!(server.line(), "GET /?=1&a.=2");
}

/// What has no names cannot be flattened: refused before anything is sent.
#[tokio::test]
async fn what_has_no_names_is_refused() {
    let (server, client) = client().await;
    for value in [serde_json::json!(3), serde_json::json!([1, 2]), serde_json::json!("text")] {
        let error = client.any(&value).await.unwrap_err();
        assert!(error.is_request(), "{value}: {error:?}");
        assert!(error.to_string().contains("`value`"), "{value}: {error}");
    }
    let error = client.any(&serde_json::json!({"a": "b\r\nc"})).await.unwrap_err();
    assert!(error.is_request(), "{error:?}");
    server.assert_untouched();
}
