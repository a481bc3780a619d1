//! Cookies: services keep none.

use std::collections::BTreeMap;

use feign::{Error, Hub, Response};
use serde::Deserialize;

use super::Httpbin;

#[derive(Deserialize)]
struct Jar {
    cookies: BTreeMap<String, String>,
}

#[feign::client]
trait Cookies {
    #[get("/cookies/set{?session}")]
    #[accept(302)]
    async fn set(&self, session: &str) -> Result<Response<()>, Error>;
    #[get("/cookies/set{?session}")]
    async fn set_and_show(&self, session: &str) -> Result<Jar, Error>;
    #[get("/cookies")]
    async fn show(&self) -> Result<Jar, Error>;
    #[get("/cookies")]
    async fn send(
        &self,
        #[cookie] session: &str,
        #[cookie("page-size")] page_size: Option<u32>,
    ) -> Result<Jar, Error>;
}

pub(super) async fn none_is_kept(httpbin: &Httpbin) {
    let client = CookiesClient::at(httpbin.url()).unwrap();
    let answer = client.set("secret").await.unwrap();
    assert_eq!(answer.headers()["set-cookie"], "session=secret; Path=/; HttpOnly");
    assert!(client.show().await.unwrap().cookies.is_empty());
    // Nor along redirects, where they are followed.
    let hub = Hub::builder().redirects(3).build().unwrap();
    let following: CookiesClient = hub.client_at(httpbin.url()).unwrap();
    assert!(following.set_and_show("secret").await.unwrap().cookies.is_empty());
    assert!(following.show().await.unwrap().cookies.is_empty());
}

pub(super) async fn one_is_sent_where_declared(httpbin: &Httpbin) {
    let client = CookiesClient::at(httpbin.url()).unwrap();
    let jar = client.send("abc", Some(20)).await.unwrap();
    let expected =
        [("page-size".to_owned(), "20".to_owned()), ("session".to_owned(), "abc".to_owned())];
    assert_eq!(jar.cookies, BTreeMap::from(expected));
    assert_eq!(client.send("abc", None).await.unwrap().cookies.len(), 1);
    assert!(client.show().await.unwrap().cookies.is_empty());
}
