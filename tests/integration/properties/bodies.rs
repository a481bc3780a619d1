//! Bodies that the server's router decodes: text, bytes, JSON, forms and parts.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::Request;
use axum::routing::post;
use feign::{Bytes, Error, Json, Part};
use futures_util::StreamExt as _;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::{CASES, holds, refused, sent, text};
use crate::support::Routed;

type Pairs = Vec<(String, String)>;

#[feign::client]
trait Mirror {
    #[post("/text")]
    async fn text(&self, #[body] value: &str) -> Result<String, Error>;
    #[post("/bytes")]
    async fn bytes(&self, #[body] value: &[u8]) -> Result<Bytes, Error>;
    #[post("/json")]
    async fn json(&self, #[body] value: &Document) -> Result<Document, Error>;
    #[post("/form")]
    async fn field(&self, #[form] value: &str) -> Result<Json<Pairs>, Error>;
    #[post("/form")]
    async fn list(&self, #[form] value: &[String]) -> Result<Json<Pairs>, Error>;
    #[post("/form")]
    async fn pairs(&self, #[form] value: &Pairs) -> Result<Json<Pairs>, Error>;
    #[post("/form")]
    async fn form(
        &self,
        #[body(form)] value: &BTreeMap<String, String>,
    ) -> Result<Json<Pairs>, Error>;
    #[post("/parts")]
    async fn part(
        &self,
        #[part] value: &str,
        #[part] number: u32,
    ) -> Result<Json<Vec<Read>>, Error>;
    #[post("/parts")]
    async fn texts(&self, #[part] value: &Pairs) -> Result<Json<Vec<Read>>, Error>;
    #[post("/parts")]
    async fn parts(&self, #[part] value: Vec<(String, Part)>) -> Result<Json<Vec<Read>>, Error>;
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
struct Document {
    text: String,
    number: i64,
    wide: u128,
    float: f64,
    maybe: Option<String>,
    list: Vec<Option<String>>,
    map: BTreeMap<String, u64>,
    pair: (bool, char),
}

/// A part as multer reads it, which is what axum reads parts with.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
struct Read {
    name: String,
    file_name: Option<String>,
    content: Vec<u8>,
}

impl Read {
    fn new(name: &str, content: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), file_name: None, content: content.into() }
    }
}

type Stage = (Routed, MirrorClient);

async fn mirror() -> Stage {
    let router = Router::new()
        .route("/text", post(|text: String| async { text }))
        .route("/bytes", post(|bytes: Bytes| async { bytes }))
        .route(
            "/json",
            post(|axum::Json(document): axum::Json<Document>| async { axum::Json(document) }),
        )
        .route("/form", post(|axum::Form(pairs): axum::Form<Pairs>| async { axum::Json(pairs) }))
        .route("/parts", post(read_parts));
    let server = Routed::serve(router).await;
    let client = MirrorClient::at(server.url()).unwrap();
    (server, client)
}

async fn read_parts(request: Request) -> axum::Json<Vec<Read>> {
    let content_type = request.headers()["content-type"].to_str().unwrap();
    let boundary = multer::parse_boundary(content_type).unwrap();
    let body =
        request.into_body().into_data_stream().map(|data| data.map_err(std::io::Error::other));
    let mut parts = multer::Multipart::new(body, boundary);
    let mut read = Vec::new();
    while let Some(part) = parts.next_field().await.unwrap() {
        let (name, file_name) =
            (part.name().unwrap().to_owned(), part.file_name().map(str::to_owned));
        read.push(Read { name, file_name, content: part.bytes().await.unwrap().to_vec() });
    }
    axum::Json(read)
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![text(), vec(any::<char>(), 0..64).prop_map(String::from_iter)]
}

#[test]
fn raw() {
    holds(
        CASES,
        mirror,
        (any_text(), vec(any::<u8>(), 0..256)),
        async |(_, client), (text, bytes)| {
            prop_assert_eq!(sent(client.text(&text).await)?, text);
            prop_assert_eq!(sent(client.bytes(&bytes).await)?, bytes);
            Ok(())
        },
    );
}

/// There and back.
#[test]
fn json() {
    // serde_json's reader, on either side, is exact for few digits only.
    let float = any::<i32>().prop_map(|number| f64::from(number) / 16.0);
    let document = (
        any_text(),
        any::<i64>(),
        any::<u128>(),
        float,
        prop::option::of(any_text()),
        vec(prop::option::of(any_text()), 0..4),
        btree_map(any_text(), any::<u64>(), 0..4),
        any::<(bool, char)>(),
    )
        .prop_map(|(text, number, wide, float, maybe, list, map, pair)| Document {
            text,
            number,
            wide,
            float,
            maybe,
            list,
            map,
            pair,
        });
    holds(CASES, mirror, document, async |(_, client), document| {
        prop_assert_eq!(sent(client.json(&document).await)?, document);
        Ok(())
    });
}

/// Nothing needs refusing in a form: line breaks and NUL are data there.
#[test]
fn forms() {
    let pairs = vec((any_text(), any_text()), 0..5);
    holds(CASES, mirror, (any_text(), pairs), async |(_, client), (text, pairs)| {
        let found = sent(client.field(&text).await)?.0;
        prop_assert_eq!(found, [("value".to_owned(), text)]);
        prop_assert_eq!(&sent(client.pairs(&pairs).await)?.0, &pairs);
        let values: Vec<String> = pairs.iter().map(|(_, value)| value.clone()).collect();
        let found = sent(client.list(&values).await)?.0;
        prop_assert!(found.iter().all(|(name, _)| name == "value"));
        prop_assert_eq!(found.into_iter().map(|(_, value)| value).collect::<Vec<_>>(), values);
        let map: BTreeMap<_, _> = pairs.into_iter().collect();
        prop_assert_eq!(sent(client.form(&map).await)?.0, Vec::from_iter(map));
        Ok(())
    });
}

#[test]
fn contents_of_parts() {
    let values = (any_text(), any::<u32>(), vec(any::<u8>(), 0..512));
    holds(CASES, mirror, values, async |(_, client), (text, number, bytes)| {
        let found = sent(client.part(&text, number).await)?.0;
        prop_assert_eq!(found, [Read::new("value", text), Read::new("number", number.to_string())]);
        let parts =
            vec![("a".to_owned(), Part::bytes(bytes.clone())), ("b".to_owned(), Part::bytes("b"))];
        let found = sent(client.parts(parts).await)?.0;
        prop_assert_eq!(found, [Read::new("a", bytes), Read::new("b", "b")]);
        Ok(())
    });
}

/// Read as it was given, or refused: quotes and line breaks have no form in a name that every reader
/// reads back (RFC 7578 §4.2 leaves UTF-8 as it is).
#[test]
fn names_of_parts() {
    holds(2 * CASES, mirror, any_text(), async |(_, client), name| {
        let whole = client.parts(vec![(name.clone(), Part::text("content"))]).await;
        let texts = client.texts(&vec![(name.clone(), "content".to_owned())]).await;
        for answer in [whole, texts] {
            let special = |c: char| matches!(c, '"' | '\\') || c.is_ascii_control();
            if answer.is_err() && name.contains(special) {
                prop_assert!(refused(&answer, "`value`"), "{answer:?}");
            } else {
                prop_assert_eq!(sent(answer)?.0, [Read::new(&name, "content")]);
            }
        }
        Ok(())
    });
}

/// A file's name is the user's: what cannot stand there is escaped as browsers do, and nothing gets
/// out of its quotes.
#[test]
fn names_of_files() {
    holds(2 * CASES, mirror, any_text(), async |(_, client), name| {
        let part = Part::bytes("content").file_name(name.as_str());
        let found = sent(client.parts(vec![("file".to_owned(), part)]).await)?.0;
        let escaped: String = name
            .chars()
            .map(|c| match c {
                '"' | '\\' | '\0'..='\x1f' | '\x7f' => format!("%{:02X}", u32::from(c)),
                plain => plain.to_string(),
            })
            .collect();
        prop_assert_eq!(found, [Read { file_name: Some(escaped), ..Read::new("file", "content") }]);
        Ok(())
    });
}
