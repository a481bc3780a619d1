//! What is refused before anything is sent.

use std::collections::BTreeMap;

use feign::{Json, Part};
use serde::ser::Error as _;

use super::Answer;
use crate::support::{Server, Wrong};

#[feign::client]
#[headers("content-type: text/plain")]
trait Uploads {
    #[post("/")]
    async fn file(&self, #[part] file: Part) -> Answer;
    #[post("/")]
    async fn number(&self, #[part] number: f64) -> Answer;
    #[post("/")]
    async fn map(&self, #[part] map: &BTreeMap<&str, u8>) -> Answer;
    #[post("/")]
    async fn named(&self, #[part] map: BTreeMap<&str, Part>) -> Answer;
    #[post("/")]
    async fn json(&self, #[part] failing: Json<Failing>) -> Answer;
}

struct Failing;

impl serde::Serialize for Failing {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("no text for it"))
    }
}

async fn client() -> (Server, UploadsClient) {
    let server = Server::silent_ok().await;
    let client = UploadsClient::at(server.url()).unwrap();
    (server, client)
}

#[tokio::test]
async fn what_cannot_be_said_of_a_part_is_not_sent() {
    let (server, client) = client().await;
    let part = || Part::bytes("x");
    let mut wrong = Wrong::default();
    for (part, names) in [
        (part().header("x-a", "b\r\nx-evil: 1"), "`x-a`"),
        (part().content_type("é"), "`content-type`"),
        (part().header("x a", "b"), "`x a`"),
        (part().header("", "b"), "``"),
        (part().header("content-disposition", "form-data"), "`content-disposition`"),
    ] {
        let error = client.file(part).await.unwrap_err();
        let told = error.to_string();
        wrong.unless(
            error.is_request() && told.contains("`file`") && told.contains(names),
            names,
            &told,
        );
    }
    wrong.finish();
    for error in [
        client.number(f64::INFINITY).await.unwrap_err(),
        client.map(&BTreeMap::from([("a\nb", 1)])).await.unwrap_err(),
        client.map(&BTreeMap::from([("a\"b", 1)])).await.unwrap_err(),
        client.map(&BTreeMap::from([("a\\", 1)])).await.unwrap_err(),
        client.named(BTreeMap::from([("a\u{7f}", Part::text("x"))])).await.unwrap_err(),
        client.json(Json(Failing)).await.unwrap_err(),
    ] {
        assert!(error.is_request(), "{error}");
    }
    server.assert_untouched();
}

/// Another one would name no boundary.
#[tokio::test]
async fn the_content_type_is_that_of_the_parts() {
    let (server, client) = client().await;
    let view =
        client.with(|call| call.header("content-type", "text/csv").remove_header("content-type"));
    for client in [client, view] {
        client.file(Part::text("x")).await.unwrap();
        let content_type = server.take().header("content-type").unwrap();
        assert!(content_type.starts_with("multipart/form-data; boundary=feign-"), "{content_type}");
    }
}
