//! A form of several arguments: `#[form]`.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::{Answer, assert_form};
use crate::support::Server;

struct Celsius(i32);

impl fmt::Display for Celsius {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} C", self.0)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Order {
    Newest,
}

#[derive(Serialize)]
struct Filter<'a> {
    color: &'a str,
    size: Option<u8>,
}

fn halved(number: &u32) -> String {
    (number / 2).to_string()
}

#[feign::client(rename_all = "camelCase")]
trait Forms {
    #[post("/{id}")]
    async fn several(
        &self,
        id: u8,
        #[form] user_name: &str,
        #[query] page: u8,
        #[form("page-size")] size: Option<u32>,
    ) -> Answer;
    #[post("/")]
    async fn lists(
        &self,
        #[form] multi: &[&str],
        #[form(style = csv)] csv: &[&str],
        #[form(style = ssv)] ssv: &[&str],
        #[form(style = tsv)] tsv: &[&str],
        #[form(style = pipes)] pipes: &[&str],
    ) -> Answer;
    #[post("/")]
    async fn maps(
        &self,
        #[form] map: &BTreeMap<&str, u8>,
        #[form("o", style = deep_object)] deep: &BTreeMap<&str, u8>,
    ) -> Answer;
    #[post("/")]
    async fn forms(
        &self,
        #[form(display)] heat: Celsius,
        #[form(serde)] order: Order,
        #[form("half", with = halved)] number: u32,
    ) -> Answer;
    #[post("/")]
    async fn flattened(
        &self,
        #[form(flatten)] filter: &Filter<'_>,
        #[form] q: &str,
        #[form(flatten)] more: &BTreeMap<&str, u8>,
    ) -> Answer;
    #[post("/")]
    async fn named(&self, #[form("a b[~*]é%20")] odd: &str) -> Answer;
}

async fn client() -> (Server, FormsClient) {
    let server = Server::silent_ok().await;
    let client = FormsClient::at(server.url()).unwrap();
    (server, client)
}

#[tokio::test]
async fn each_is_a_field() {
    let (server, client) = client().await;
    client.several(7, "Zoë & co", 2, Some(3)).await.unwrap();
    assert_eq!(server.line(), "POST /7?page=2");
    assert_form(&server, "userName=Zo%C3%AB+%26+co&page-size=3");
    client.several(7, "two\nlines", 2, None).await.unwrap();
    assert_form(&server, "userName=two%0Alines");
}

#[tokio::test]
async fn lists_have_the_styles_of_the_query() {
    let (server, client) = client().await;
    let list = ["a", "b,c"];
    client.lists(&list, &list, &list, &list, &list).await.unwrap();
    assert_form(
        &server,
        "multi=a&multi=b%2Cc&csv=a,b%2Cc&ssv=a+b%2Cc&tsv=a%09b%2Cc&pipes=a%7Cb%2Cc",
    );
    client.lists(&[], &[], &[], &[], &[]).await.unwrap();
    assert_form(&server, "");
    let error = client.lists(&[], &[], &["a b"], &[], &[]).await.unwrap_err();
    assert!(error.is_request() && error.to_string().contains("`ssv`"), "{error}");
}

#[tokio::test]
async fn maps_bring_their_names() {
    let (server, client) = client().await;
    let map = BTreeMap::from([("x y", 1), ("z", 2)]);
    client.maps(&map, &map).await.unwrap();
    assert_form(&server, "x+y=1&z=2&o%5Bx+y%5D=1&o%5Bz%5D=2");
    client.flattened(&Filter { color: "dark red", size: None }, "q", &map).await.unwrap();
    assert_form(&server, "color=dark+red&q=q&x+y=1&z=2");
    client.named("v").await.unwrap();
    assert_form(&server, "a+b%5B%7E*%5D%C3%A9%2520=v");
}

#[tokio::test]
async fn arguments_say_how_they_are_written() {
    let (server, client) = client().await;
    client.forms(Celsius(-4), Order::Newest, 9).await.unwrap();
    assert_form(&server, "heat=-4+C&order=newest&half=4");
}
