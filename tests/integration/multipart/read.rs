//! Every kind of argument, as multer reads it.

use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;
use feign::codec::{IntoParts, Parts};
use feign::{Body, Json, Part};
use serde::Serialize;

use super::{Answer, Read, read_only};
use crate::support::Server;

#[derive(Serialize)]
struct Meta {
    author: &'static str,
}

struct Celsius(i32);

impl fmt::Display for Celsius {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} C", self.0)
    }
}

struct Thumbnail(Vec<u8>);

impl IntoParts for Thumbnail {
    fn into_parts(self, out: &mut Parts<'_>) {
        out.push(Part::bytes(self.0).file_name("t.png"));
        out.push_named("made-by", Part::text("feign"));
    }
}

fn doubled(number: &u32) -> String {
    (number * 2).to_string()
}

#[feign::client(rename_all = "camelCase")]
trait Uploads {
    #[post("/")]
    async fn texts(
        &self,
        #[part] user_name: String,
        #[part] page: Option<u32>,
        #[part("tag")] tags: &[&str],
        #[part] map: &BTreeMap<String, u8>,
    ) -> Answer;
    #[post("/")]
    async fn bytes(
        &self,
        #[part] a: Bytes,
        #[part] b: Vec<u8>,
        #[part] c: &[u8],
        #[part] d: Option<&Bytes>,
        #[part] e: Body,
    ) -> Answer;
    #[post("/")]
    async fn json(
        &self,
        #[part("meta", json)] meta: &Meta,
        #[part(json)] none: Option<&Meta>,
        #[part] text: Json<&str>,
    ) -> Answer;
    #[post("/")]
    async fn several(
        &self,
        #[part("file")] files: Vec<Part>,
        #[part] named: BTreeMap<String, Part>,
        #[part] pair: [(&str, Part); 1],
    ) -> Answer;
    #[post("/")]
    async fn forms(
        &self,
        #[part(display)] heat: Celsius,
        #[part(serde)] flag: bool,
        #[part(with = doubled)] number: u32,
    ) -> Answer;
    #[post("/")]
    async fn own(&self, #[part] thumbnail: Thumbnail) -> Answer;
}

async fn client() -> (Server, UploadsClient) {
    let server = Server::silent_ok().await;
    let client = UploadsClient::at(server.url()).unwrap();
    (server, client)
}

const BYTES: &str = "application/octet-stream";

#[tokio::test]
async fn text_of_every_kind() {
    let (server, client) = client().await;
    let map = BTreeMap::from([("x".to_owned(), 1)]);
    client.texts("Zoë".to_owned(), Some(7), &["a", "b"], &map).await.unwrap();
    let texts = [("userName", "Zoë"), ("page", "7"), ("tag", "a"), ("tag", "b"), ("x", "1")];
    assert_eq!(read_only(&server).await, texts.map(|(name, text)| Read::text(name, text)));
    client.texts(String::new(), None, &[], &BTreeMap::new()).await.unwrap();
    assert_eq!(read_only(&server).await, [Read::text("userName", "")]);
}

#[tokio::test]
async fn bytes_of_every_kind() {
    let (server, client) = client().await;
    let e = Bytes::from_static(b"\r\n--");
    client.bytes(e.clone(), vec![0, 255], b"c", Some(&e), Body::from("stream")).await.unwrap();
    let read = read_only(&server).await;
    let parts: [(&str, &[u8]); 5] =
        [("a", b"\r\n--"), ("b", &[0, 255]), ("c", b"c"), ("d", b"\r\n--"), ("e", b"stream")];
    assert_eq!(read, parts.map(|(name, content)| Read::of_type(name, BYTES, content)));
}

#[tokio::test]
async fn json_parts_say_so() {
    let (server, client) = client().await;
    client.json(&Meta { author: "é" }, None, Json("t")).await.unwrap();
    let json = "application/json";
    let meta = Read::of_type("meta", json, r#"{"author":"é"}"#.as_bytes());
    assert_eq!(read_only(&server).await, [meta, Read::of_type("text", json, b"\"t\"")]);
}

#[tokio::test]
async fn several_parts_in_one_argument() {
    let (server, client) = client().await;
    let files = vec![Part::bytes("1").file_name("1.txt"), Part::text("2")];
    let named = BTreeMap::from([("n".to_owned(), Part::text("3").content_type("text/csv"))]);
    client.several(files, named, [("p", Part::bytes("4"))]).await.unwrap();
    let wanted = [
        Read::of_type("file", BYTES, b"1").named("1.txt"),
        Read::text("file", "2"),
        Read::of_type("n", "text/csv", b"3"),
        Read::of_type("p", BYTES, b"4"),
    ];
    assert_eq!(read_only(&server).await, wanted);
}

#[tokio::test]
async fn arguments_say_how_they_are_written() {
    let (server, client) = client().await;
    client.forms(Celsius(-4), true, 21).await.unwrap();
    let texts = [("heat", "-4 C"), ("flag", "true"), ("number", "42")];
    assert_eq!(read_only(&server).await, texts.map(|(name, text)| Read::text(name, text)));
    client.own(Thumbnail(vec![1])).await.unwrap();
    let wanted =
        [Read::of_type("thumbnail", BYTES, &[1]).named("t.png"), Read::text("made-by", "feign")];
    assert_eq!(read_only(&server).await, wanted);
}
