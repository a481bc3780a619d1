//! Lists and maps in one query value: read by the rules of their style they are what was given, or
//! they were refused.

use std::collections::BTreeMap;

use feign::{Body, Error, Request};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

use super::{CASES, holds, sendable};

/// What would be sent, not sent.
type Unsent = Result<Request<Body>, Error>;

#[feign::client]
trait Styles {
    #[get("/x")]
    async fn csv(&self, #[query(style = csv)] value: &[String]) -> Unsent;
    #[get("/x")]
    async fn ssv(&self, #[query(style = ssv)] value: &[String]) -> Unsent;
    #[get("/x")]
    async fn tsv(&self, #[query(style = tsv)] value: &[String]) -> Unsent;
    #[get("/x")]
    async fn pipes(&self, #[query(style = pipes)] value: &[String]) -> Unsent;
    #[get("/x{?value}")]
    async fn template(&self, value: &[String]) -> Unsent;
    #[get("/x")]
    async fn deep(&self, #[query(style = deep_object)] value: &BTreeMap<String, String>) -> Unsent;
}

async fn client() -> StylesClient {
    StylesClient::at("http://h.example").unwrap()
}

/// The query, or `None` where it was refused for the argument.
fn query(unsent: Unsent) -> Option<String> {
    match unsent {
        Ok(request) => Some(request.uri().query().unwrap_or_default().to_owned()),
        Err(error) => {
            assert!(error.is_request() && error.to_string().contains("`value`"), "{error:?}");
            None
        }
    }
}

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = match (first, tail) {
            (b'%', [high, low, tail @ ..]) => {
                let digits = [*high, *low];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
                tail
            }
            (b'%', _) => panic!("no escape: {text}"),
            _ => {
                bytes.push(*first);
                tail
            }
        };
    }
    String::from_utf8(bytes).unwrap()
}

/// A reader of a style splits first and unescapes then (OpenAPI 3.2, `style`).
fn split(query: &str, separator: &str) -> Vec<String> {
    let value = query.strip_prefix("value=").unwrap();
    value.split(separator).map(unescaped).collect()
}

#[test]
fn lists() {
    holds(CASES, client, vec(sendable(), 0..5), async |client, values| {
        for (unsent, separator, plain) in [
            (client.csv(&values).await, ",", None),
            (client.template(&values).await, ",", None),
            (client.ssv(&values).await, "%20", Some(' ')),
            (client.tsv(&values).await, "%09", Some('\t')),
            (client.pipes(&values).await, "%7C", Some('|')),
        ] {
            // No escaping can tell a separator in a value from one between values.
            let ambiguous = plain.is_some_and(|plain| values.iter().any(|v| v.contains(plain)));
            match query(unsent) {
                None => prop_assert!(ambiguous, "{separator}: refused"),
                Some(query) if values.is_empty() => prop_assert_eq!(query, ""),
                Some(query) => {
                    prop_assert!(!ambiguous, "{separator}: {query}");
                    prop_assert_eq!(split(&query, separator), &values[..], "{}", separator);
                }
            }
        }
        Ok(())
    });
}

#[test]
fn objects() {
    holds(CASES, client, btree_map(sendable(), sendable(), 0..5), async |client, map| {
        let query = query(client.deep(&map).await).expect("nothing to refuse");
        let found: BTreeMap<_, _> = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap();
                let name = unescaped(name);
                let key = name.strip_prefix("value[").and_then(|name| name.strip_suffix(']'));
                (key.unwrap().to_owned(), unescaped(value))
            })
            .collect();
        prop_assert_eq!(found, map);
        Ok(())
    });
}
