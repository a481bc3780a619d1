//! `#[query(style = ..)]`: how several values become a query.

use std::collections::BTreeMap;

use super::Answer;
use crate::support::Server;

#[feign::client]
trait Styles {
    #[get("/")]
    async fn plain(&self, #[query] x: &[&str]) -> Answer;
    #[get("/")]
    async fn multi(&self, #[query(style = multi)] x: &[&str]) -> Answer;
    #[get("/")]
    async fn csv(&self, #[query(style = csv)] x: &[&str]) -> Answer;
    #[get("/")]
    async fn ssv(&self, #[query(style = ssv)] x: &[&str]) -> Answer;
    #[get("/")]
    async fn tsv(&self, #[query(style = tsv)] x: &[&str]) -> Answer;
    #[get("/")]
    async fn pipes(&self, #[query("x[]", style = pipes)] x: &[&str]) -> Answer;
    #[get("/")]
    async fn one_by_csv(&self, #[query(style = csv)] x: Option<&str>) -> Answer;
    #[get("/")]
    async fn map(&self, #[query] x: &BTreeMap<&str, &str>) -> Answer;
    #[get("/")]
    async fn map_csv(&self, #[query(style = csv)] x: &BTreeMap<&str, &str>) -> Answer;
    #[get("/")]
    async fn map_pipes(&self, #[query(style = pipes)] x: &BTreeMap<&str, &str>) -> Answer;
    #[get("/")]
    async fn deep(&self, #[query(style = deep_object)] x: &BTreeMap<&str, &str>) -> Answer;
    #[get("/")]
    async fn both(
        &self,
        #[query(style = csv)] a: &[u8],
        #[query(style = pipes)] b: &[u8],
    ) -> Answer;
}

async fn client() -> (Server, StylesClient) {
    let server = Server::silent_ok().await;
    let client = StylesClient::at(server.url()).unwrap();
    (server, client)
}

/// The separator is sent as it is or as its escape; the same sign in a value is always escaped, so
/// that the other side can take the list apart.
#[tokio::test]
async fn lists() {
    let (server, client) = client().await;
    let list = ["a,b", "c d", "e|f", "g\th"];
    client.plain(&list).await.unwrap();
    assert_eq!(server.take().line, "GET /?x=a%2Cb&x=c%20d&x=e%7Cf&x=g%09h");
    client.multi(&list).await.unwrap();
    assert_eq!(server.take().line, "GET /?x=a%2Cb&x=c%20d&x=e%7Cf&x=g%09h");
    client.csv(&list).await.unwrap();
    assert_eq!(server.take().line, "GET /?x=a%2Cb,c%20d,e%7Cf,g%09h");
    // These three have separators that a URI cannot hold as they are: a value that holds the same
    // sign could not be told from two values.
    client.ssv(&["a", "b"]).await.unwrap();
    assert_eq!(server.take().line, "GET /?x=a%20b");
    client.tsv(&["a", "b"]).await.unwrap();
    assert_eq!(server.take().line, "GET /?x=a%09b");
    client.pipes(&["a", "b"]).await.unwrap();
    assert_eq!(server.take().line, "GET /?x%5B%5D=a%7Cb");
}

#[tokio::test]
async fn a_value_that_holds_its_separator_is_refused_where_it_would_be_two() {
    let (server, client) = client().await;
    for (answer, name) in [
        (client.ssv(&["a b", "c"]).await, "ssv"),
        (client.tsv(&["a\tb"]).await, "tsv"),
        (client.pipes(&["a|b", "c"]).await, "pipes"),
    ] {
        let error = answer.expect_err(name);
        assert!(error.is_request(), "{name}: {error:?}");
        assert!(error.to_string().contains("`x`"), "{name}: {error}");
    }
    server.assert_untouched();
}

#[tokio::test]
async fn nothing_and_one() {
    let (server, client) = client().await;
    client.csv(&[]).await.unwrap();
    client.plain(&[]).await.unwrap();
    client.one_by_csv(None).await.unwrap();
    client.deep(&BTreeMap::new()).await.unwrap();
    assert_eq!(server.lines(), ["GET /"; 4]);
    client.csv(&[""]).await.unwrap();
    assert_eq!(server.take().line, "GET /?x=");
    client.csv(&["", "a"]).await.unwrap();
    assert_eq!(server.take().line, "GET /?x=,a");
    client.one_by_csv(Some("a,b")).await.unwrap();
    assert_eq!(server.take().line, "GET /?x=a%2Cb");
    client.both(&[1, 2], &[3, 4]).await.unwrap();
    assert_eq!(server.take().line, "GET /?a=1,2&b=3%7C4");
}

#[tokio::test]
async fn maps() {
    let (server, client) = client().await;
    let map = BTreeMap::from([("age", "30"), ("na me", "Mi&ke")]);
    client.map(&map).await.unwrap();
    assert_eq!(server.take().line, "GET /?age=30&na%20me=Mi%26ke");
    client.map_csv(&map).await.unwrap();
    assert_eq!(server.take().line, "GET /?x=age,30,na%20me,Mi%26ke");
    client.map_pipes(&map).await.unwrap();
    assert_eq!(server.take().line, "GET /?x=age%7C30%7Cna%20me%7CMi%26ke");
    client.deep(&map).await.unwrap();
    assert_eq!(server.take().line, "GET /?x%5Bage%5D=30&x%5Bna%20me%5D=Mi%26ke");
}
