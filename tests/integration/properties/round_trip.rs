//! What the server's router decodes is the value that was given, or nothing was sent at all.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::routing::get;
use feign::{Error, Json};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::Deserialize;

use super::{CASES, holds, refused, sendable, sent};
use crate::support::Routed;

type Pairs = Vec<(String, String)>;

#[feign::client]
trait Mirror {
    #[get("/path/{value}/end")]
    async fn path(&self, value: &str) -> Result<String, Error>;
    #[get("/two/{first}-{second}")]
    async fn two(&self, first: u32, second: &str) -> Result<String, Error>;
    #[get("/typed/{signed}/{wide}/{float}/{truth}/{letter}")]
    async fn typed(
        &self,
        signed: i64,
        wide: u128,
        float: f64,
        truth: bool,
        letter: char,
    ) -> Result<String, Error>;
    #[get("/segments{/values*}")]
    async fn segments(&self, values: &[String]) -> Result<String, Error>;
    #[get("/pairs{?value}")]
    async fn template(&self, value: &str) -> Result<Json<Pairs>, Error>;
    #[get("/pairs")]
    async fn marked(&self, #[query] value: &str) -> Result<Json<Pairs>, Error>;
    #[get("/pairs")]
    async fn optional(&self, #[query] value: Option<&str>) -> Result<Json<Pairs>, Error>;
    #[get("/pairs")]
    async fn list(&self, #[query] value: &[String]) -> Result<Json<Pairs>, Error>;
    #[get("/pairs{?value*}")]
    async fn template_list(&self, value: &[String]) -> Result<Json<Pairs>, Error>;
    #[get("/pairs")]
    async fn map(&self, #[query] value: &Pairs) -> Result<Json<Pairs>, Error>;
    #[get("/pairs")]
    async fn flat(
        &self,
        #[query(flatten)] value: &BTreeMap<String, String>,
    ) -> Result<Json<Pairs>, Error>;
    #[get("/headers")]
    async fn header(&self, #[header("x-value")] value: &str) -> Result<Json<Pairs>, Error>;
    #[get("/headers")]
    async fn headers(&self, #[header("x-value")] value: &[String]) -> Result<Json<Pairs>, Error>;
    #[get("/headers")]
    async fn header_map(&self, #[headers] value: &Pairs) -> Result<Json<Pairs>, Error>;
    #[get("/headers")]
    async fn cookies(
        &self,
        #[cookie] first: &str,
        #[cookie] second: &str,
    ) -> Result<Json<Pairs>, Error>;
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "shown by `Debug`")]
struct Typed {
    signed: i64,
    wide: u128,
    float: f64,
    truth: bool,
    letter: char,
}

type Stage = (Routed, MirrorClient);

async fn mirror() -> Stage {
    let pairs = get(|Query(pairs): Query<Pairs>| async { axum::Json(pairs) });
    let headers = get(|headers: HeaderMap| async move {
        let text = |value: &http::HeaderValue| value.to_str().unwrap_or("not text").to_owned();
        let pairs = headers.iter().map(|(name, value)| (name.to_string(), text(value)));
        axum::Json(pairs.collect::<Pairs>())
    });
    let router = Router::new()
        .route("/path/{value}/end", get(|Path(value): Path<String>| async { value }))
        .route("/two/{value}", get(|Path(value): Path<String>| async { value }))
        .route(
            "/typed/{signed}/{wide}/{float}/{truth}/{letter}",
            get(|Path(typed): Path<Typed>| async move { format!("{typed:?}") }),
        )
        .route("/segments/{*values}", get(|Path(values): Path<String>| async { values }))
        .route("/segments", get(|| async { "" }))
        .route("/pairs", pairs)
        .route("/headers", headers);
    let server = Routed::serve(router).await;
    let client = MirrorClient::at(server.url()).unwrap();
    (server, client)
}

fn named(pairs: &Pairs, name: &str) -> Vec<String> {
    pairs.iter().filter(|(found, _)| found == name).map(|(_, value)| value.clone()).collect()
}

/// What no path segment can be (design §3): it would reach another resource.
fn is_no_segment(text: &str) -> bool {
    matches!(text, "" | "." | "..")
}

#[test]
fn a_path_segment() {
    holds(CASES, mirror, sendable(), async |(_, client), value| {
        let answer = client.path(&value).await;
        if is_no_segment(&value) {
            prop_assert!(refused(&answer, "`value`"), "{answer:?}");
        } else {
            prop_assert_eq!(sent(answer)?, value);
        }
        Ok(())
    });
}

#[test]
fn two_values_in_a_segment() {
    holds(CASES, mirror, (any::<u32>(), sendable()), async |(_, client), (first, second)| {
        prop_assert_eq!(sent(client.two(first, &second).await)?, format!("{first}-{second}"));
        Ok(())
    });
}

#[test]
fn typed_path_segments() {
    let float = any::<f64>().prop_filter("finite", |float| float.is_finite());
    let letter =
        any::<char>().prop_map(|c| if matches!(c, '\r' | '\n' | '\0' | '.') { 'x' } else { c });
    let values = (any::<i64>(), any::<u128>(), float, any::<bool>(), letter);
    holds(CASES, mirror, values, async |(_, client), (signed, wide, float, truth, letter)| {
        let found = sent(client.typed(signed, wide, float, truth, letter).await)?;
        let given = Typed { signed, wide, float, truth, letter };
        prop_assert_eq!(found, format!("{given:?}"));
        Ok(())
    });
}

/// Slashes inside of a value stay inside of it, as far as a router can tell: it shows the rest of
/// the path unescaped.
#[test]
fn several_path_segments() {
    holds(CASES, mirror, vec(sendable(), 0..5), async |(_, client), values| {
        let answer = client.segments(&values).await;
        if values.iter().any(|value| is_no_segment(value)) {
            prop_assert!(refused(&answer, "`values`"), "{answer:?}");
        } else {
            prop_assert_eq!(sent(answer)?, values.join("/"));
        }
        Ok(())
    });
}

#[test]
fn a_query_value() {
    holds(CASES, mirror, sendable(), async |(_, client), value| {
        let wanted = vec![("value".to_owned(), value.clone())];
        prop_assert_eq!(&sent(client.template(&value).await)?.0, &wanted);
        prop_assert_eq!(&sent(client.marked(&value).await)?.0, &wanted);
        prop_assert_eq!(&sent(client.optional(Some(&value)).await)?.0, &wanted);
        prop_assert!(sent(client.optional(None).await)?.0.is_empty());
        Ok(())
    });
}

#[test]
fn a_list_in_the_query() {
    holds(CASES, mirror, vec(sendable(), 0..6), async |(_, client), values| {
        for Json(found) in
            [sent(client.list(&values).await)?, sent(client.template_list(&values).await)?]
        {
            prop_assert_eq!(&named(&found, "value"), &values);
            prop_assert_eq!(found.len(), values.len());
        }
        Ok(())
    });
}

#[test]
fn names_and_values_in_the_query() {
    let pairs = vec((sendable(), sendable()), 0..6);
    holds(CASES, mirror, pairs, async |(_, client), pairs| {
        prop_assert_eq!(&sent(client.map(&pairs).await)?.0, &pairs);
        let map: BTreeMap<_, _> = pairs.into_iter().collect();
        prop_assert_eq!(sent(client.flat(&map).await)?.0, Vec::from_iter(map));
        Ok(())
    });
}

/// Sent and found unchanged, or refused: a header holds visible ASCII, and spaces and tabs between.
#[test]
fn a_header() {
    holds(2 * CASES, mirror, header_text(), async |(_, client), value| {
        let answer = client.header(&value).await;
        if is_field_value(&value) {
            prop_assert_eq!(named(&sent(answer)?.0, "x-value"), [value]);
        } else {
            prop_assert!(refused(&answer, "`value`"), "{answer:?}");
        }
        Ok(())
    });
}

#[test]
fn a_list_of_headers() {
    holds(CASES, mirror, vec(header_text(), 0..4), async |(_, client), values| {
        let answer = client.headers(&values).await;
        if values.iter().all(|value| is_field_value(value)) {
            prop_assert_eq!(named(&sent(answer)?.0, "x-value"), values);
        } else {
            prop_assert!(refused(&answer, "`value`"), "{answer:?}");
        }
        Ok(())
    });
}

#[test]
fn names_and_values_of_headers() {
    let name = prop_oneof![
        3 => "x-[a-zA-Z0-9!#$%&'*+.^_`|~-]{1,12}",
        1 => sendable().prop_map(|text| format!("x-{text}")),
    ];
    holds(CASES, mirror, (name, header_text()), async |(_, client), (name, value)| {
        let answer = client.header_map(&vec![(name.clone(), value.clone())]).await;
        if is_token(&name) && is_field_value(&value) {
            prop_assert_eq!(named(&sent(answer)?.0, &name.to_ascii_lowercase()), [value]);
        } else {
            prop_assert!(refused(&answer, "`value`"), "{answer:?}");
        }
        Ok(())
    });
}

/// RFC 6265 §4.1.1: what is no `cookie-octet` is refused, and two cookies stay two.
#[test]
fn cookies() {
    let octets = "[!#-+\\--:<-\\[\\]-~]{0,16}";
    let values = (octets, prop_oneof![3 => octets.prop_map(String::from), 1 => sendable()]);
    holds(CASES, mirror, values, async |(_, client), (first, second)| {
        let answer = client.cookies(&first, &second).await;
        let octet = |byte: u8| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte);
        if second.bytes().all(octet) {
            let [found] = &named(&sent(answer)?.0, "cookie")[..] else { panic!("one header") };
            let found: Vec<_> =
                found.split("; ").map(|pair| pair.split_once('=').unwrap()).collect();
            prop_assert_eq!(found, [("first", &*first), ("second", &*second)]);
        } else {
            prop_assert!(refused(&answer, "`second`"), "{answer:?}");
        }
        Ok(())
    });
}

fn header_text() -> impl Strategy<Value = String> {
    prop_oneof![2 => "[ -~\t]{0,24}", 1 => "[!-~]{1,24}", 1 => sendable()]
}

/// RFC 9110 §5.5, without the bytes that mean something else to everybody.
fn is_field_value(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~'))
        && text.trim_matches([' ', '\t']) == text
}

/// RFC 9110 §5.6.2.
fn is_token(name: &str) -> bool {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(token)
}
