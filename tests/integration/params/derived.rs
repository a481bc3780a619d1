//! `#[derive(feign::Param)]`: a newtype is its inner text, a unit enum its names.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Answer;
use crate::support::Server;

#[derive(feign::Param)]
struct Sku(String);

#[derive(Clone, Copy, feign::Param)]
struct Id {
    id: u64,
}

#[derive(feign::Param)]
struct Borrowed<'a>(&'a str);

#[derive(feign::Param)]
struct Wrapped<T>(T);

#[derive(feign::Param)]
struct Nested(Wrapped<Id>);

#[derive(feign::Param)]
enum Plain {
    First,
    SecondOne,
}

/// serde's attributes are read, so that query and body agree.
#[derive(Serialize, Deserialize, feign::Param)]
#[serde(rename_all = "kebab-case")]
enum BySerde {
    NewestFirst,
    #[serde(rename = "A-Z")]
    ByName,
    #[serde(rename(serialize = "out", deserialize = "in"))]
    TwoNames,
}

#[derive(Serialize, feign::Param)]
#[serde(rename_all = "lowercase")]
#[param(rename_all = "SCREAMING_SNAKE_CASE")]
enum Ours {
    HighFirst,
    #[serde(rename = "theirs")]
    #[param(rename = "low first")]
    LowFirst,
    #[serde(rename = "theirs too")]
    Middle,
}

#[feign::client]
trait Derived {
    #[get("/{sku}/{id}")]
    async fn path(&self, sku: &Sku, id: Id) -> Answer;
    #[get("/{?id,skus*,borrowed,wrapped,nested}")]
    async fn query(
        &self,
        id: Option<Id>,
        skus: &[Sku],
        borrowed: Borrowed<'_>,
        wrapped: Wrapped<Cow<'_, str>>,
        nested: &Nested,
    ) -> Answer;
    #[get("/")]
    async fn header(&self, #[header] x_sku: &Sku, #[cookie] id: Id) -> Answer;
    #[get("/{sort}")]
    async fn plain(&self, sort: Plain) -> Answer;
    #[get("/{sort}{?ours*}")]
    async fn sorted(&self, sort: BySerde, ours: &[Ours]) -> Answer;
}

async fn client() -> (Server, DerivedClient) {
    let server = Server::silent_ok().await;
    let client = DerivedClient::at(server.url()).unwrap();
    (server, client)
}

#[tokio::test]
async fn a_newtype_is_its_inner_text() {
    let (server, client) = client().await;
    client.path(&Sku("a/b".to_owned()), Id { id: 7 }).await.unwrap();
    assert_eq!(server.take().line, "GET /a%2Fb/7");
    let skus = [Sku("a".to_owned()), Sku("b".to_owned())];
    let nested = Nested(Wrapped(Id { id: 9 }));
    client
        .query(Some(Id { id: 1 }), &skus, Borrowed("c"), Wrapped("d".into()), &nested)
        .await
        .unwrap();
    assert_eq!(server.take().line, "GET /?id=1&skus=a&skus=b&borrowed=c&wrapped=d&nested=9");
    client.header(&Sku("s".to_owned()), Id { id: 2 }).await.unwrap();
    let sent = server.take();
    assert_eq!(sent.header("x-sku").as_deref(), Some("s"));
    assert_eq!(sent.header("cookie").as_deref(), Some("id=2"));
}

/// The newtype gives no way around the rules of its place.
#[tokio::test]
async fn a_newtype_is_judged_like_its_text() {
    let (server, client) = client().await;
    for bad in ["", ".", "..", "a\r\nb", "a\0"] {
        let error = client.path(&Sku(bad.to_owned()), Id { id: 1 }).await.unwrap_err();
        assert!(error.is_request(), "{bad:?}: {error:?}");
        assert!(error.to_string().contains("`sku`"), "{error}");
    }
    server.assert_untouched();
}

#[tokio::test]
async fn a_unit_enum_is_its_names() {
    let (server, client) = client().await;
    client.plain(Plain::First).await.unwrap();
    assert_eq!(server.take().line, "GET /First");
    client.plain(Plain::SecondOne).await.unwrap();
    assert_eq!(server.take().line, "GET /SecondOne");
}

#[tokio::test]
async fn serde_renames_and_ours_wins() {
    let (server, client) = client().await;
    client.sorted(BySerde::NewestFirst, &[Ours::HighFirst, Ours::LowFirst]).await.unwrap();
    assert_eq!(server.take().line, "GET /newest-first?ours=HIGH_FIRST&ours=low%20first");
    client.sorted(BySerde::ByName, &[]).await.unwrap();
    assert_eq!(server.take().line, "GET /A-Z");
    client.sorted(BySerde::TwoNames, &[]).await.unwrap();
    assert_eq!(server.take().line, "GET /out");
    client.sorted(BySerde::ByName, &[Ours::Middle]).await.unwrap();
    assert_eq!(server.take().line, "GET /A-Z?ours=theirs%20too");
}

/// serde's eight rules, by the same variant.
#[tokio::test]
async fn all_eight_rules() {
    macro_rules! rules {
        ($($kind:ident $rule:literal $name:literal;)*) => {$(
            #[derive(Serialize, feign::Param)]
            #[serde(rename_all = $rule)]
            enum $kind {
                VeryTasty2,
            }

            assert_eq!(text(&$kind::VeryTasty2).await, $name);
            assert_eq!(serde_json::to_value($kind::VeryTasty2).unwrap(), $name, "serde agrees");
        )*};
    }
    rules! {
        Lower "lowercase" "verytasty2";
        Upper "UPPERCASE" "VERYTASTY2";
        Pascal "PascalCase" "VeryTasty2";
        Camel "camelCase" "veryTasty2";
        Snake "snake_case" "very_tasty2";
        ScreamingSnake "SCREAMING_SNAKE_CASE" "VERY_TASTY2";
        Kebab "kebab-case" "very-tasty2";
        ScreamingKebab "SCREAMING-KEBAB-CASE" "VERY-TASTY2";
    }
}

/// The text that a value has as a header, where nothing is escaped.
async fn text<T: feign::HeaderParam + Sync>(value: &T) -> String {
    #[feign::client]
    trait Texts {
        #[get("/")]
        async fn send<T: feign::HeaderParam + Sync>(&self, #[header] x: &T) -> Answer;
    }
    let server = Server::silent_ok().await;
    TextsClient::at(server.url()).unwrap().send(value).await.unwrap();
    server.only().header("x").unwrap()
}
