//! What the fields of a variant are made of.

use std::error::Error as _;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use feign::{BoxError, Bytes, Error, ErrorMap, FromError, HeaderMap, Json, StatusCode};
use serde::Deserialize;

use super::answered;

#[derive(Debug, PartialEq, Deserialize)]
struct Shortage {
    missing: u32,
}

#[derive(Debug, ErrorMap)]
enum Part {
    #[status(400)]
    Typed(Json<Shortage>),
    #[status(401)]
    Text { body: String, status: StatusCode },
    #[status(402)]
    Bytes(Bytes, Vec<u8>, HeaderMap),
    #[status(403)]
    Whole { source: Error, shortage: Json<Shortage> },
    #[status(404)]
    Shared(Arc<Error>),
    #[status(405)]
    Boxed(#[header("x-code")] u16, Box<Error>),
    #[status(406)]
    Optional(Option<Json<Shortage>>, Option<String>, Option<StatusCode>),
    #[status(407)]
    Header {
        #[header("X-Code")]
        code: u16,
        #[header]
        retry_count: Option<u8>,
        #[header("x-peer")]
        peer: Option<IpAddr>,
    },
    #[status(408)]
    Own(Tenant),
    #[status(409)]
    Alias(Shorter),
    #[status(410)]
    Busy(#[retry_after] Option<Duration>, #[header("x-code")] String),
    #[otherwise]
    Other {
        #[header("x-code")]
        code: Option<String>,
        #[retry_after]
        after: Option<Duration>,
        status: Option<StatusCode>,
        shortage: Option<Json<Shortage>>,
        body: Bytes,
        head: HeaderMap,
        whole: Whole,
    },
}

type Shorter = Option<Json<Shortage>>;
type Whole = Error;

#[derive(Debug, PartialEq)]
struct Tenant(String);

impl FromError for Tenant {
    fn from_error(error: &Error) -> Result<Self, BoxError> {
        let tenant = error.headers().get("x-tenant").ok_or("no tenant")?;
        Ok(Self(tenant.to_str()?.to_owned()))
    }
}

const SHORTAGE: &str = r#"{"code": "OUT_OF_STOCK", "missing": 3}"#;

#[test]
fn a_body_is_taken_by_the_type_of_the_field() {
    assert!(matches!(
        Part::from(answered(400, SHORTAGE)),
        Part::Typed(Json(Shortage { missing: 3 }))
    ));
    let Part::Text { body, status } = Part::from(answered(401, "späť")) else { panic!() };
    assert_eq!((body.as_str(), status), ("späť", StatusCode::UNAUTHORIZED));
    let error = answered(402, "abc").with_header("x-a", "1").with_header("x-a", "2");
    let Part::Bytes(bytes, vector, headers) = Part::from(error) else { panic!() };
    assert_eq!((&bytes[..], &vector[..]), (&b"abc"[..], &b"abc"[..]));
    assert_eq!(headers.get_all("x-a").iter().count(), 2);
}

#[test]
fn a_variant_may_keep_the_error_beside_its_parts() {
    let Part::Whole { source, shortage } = Part::from(answered(403, SHORTAGE)) else { panic!() };
    assert_eq!((source.status(), shortage.0.missing), (Some(StatusCode::FORBIDDEN), 3));
    let Part::Shared(error) = Part::from(answered(404, "a")) else { panic!() };
    assert_eq!(error.body(), "a");
    let Part::Boxed(code, error) = Part::from(answered(405, "b").with_header("x-code", "9")) else {
        panic!()
    };
    assert_eq!((code, error.headers().len()), (9, 1));
    let error = answered(410, "").with_header("x-code", "a").with_header("retry-after", "7");
    let Part::Busy(after, code) = Part::from(error) else { panic!() };
    assert_eq!((after, code.as_str()), (Some(Duration::from_secs(7)), "a"));
}

#[test]
fn an_option_is_none_where_its_part_cannot_be_made() {
    let Part::Optional(shortage, text, status) = Part::from(answered(406, "plain")) else {
        panic!()
    };
    assert_eq!(
        (shortage.is_none(), text.as_deref(), status),
        (true, Some("plain"), Some(StatusCode::NOT_ACCEPTABLE))
    );
    let Part::Optional(shortage, ..) = Part::from(answered(406, SHORTAGE)) else { panic!() };
    assert_eq!(shortage.map(|json| json.0), Some(Shortage { missing: 3 }));
    assert!(matches!(Part::from(answered(409, "plain")), Part::Alias(None)));
}

#[test]
fn a_header_is_read_by_from_str() {
    let error = answered(407, "").with_header("x-code", " 17 ").with_header("retry-count", "300");
    let Part::Header { code, retry_count, peer } = Part::from(error.with_header("x-peer", "::1"))
    else {
        panic!()
    };
    assert_eq!((code, retry_count, peer), (17, None, Some("::1".parse().unwrap())));
    let error = answered(407, "").with_header("x-code", "17").with_header("retry-count", "3");
    let Part::Header { retry_count, peer, .. } = Part::from(error) else { panic!() };
    assert_eq!((retry_count, peer), (Some(3), None));
}

#[test]
fn a_type_of_the_user_makes_itself() {
    let error = answered(408, "").with_header("x-tenant", "acme");
    let Part::Own(tenant) = Part::from(error) else { panic!() };
    assert_eq!(tenant, Tenant("acme".to_owned()));
}

/// Each row: what comes, and why its variant cannot be made of it.
#[test]
fn what_cannot_be_read_falls_to_otherwise_with_everything_kept() {
    let table = [
        (
            answered(400, r#"{"missing": "three"}"#),
            "Typed",
            "invalid type: string \"three\", expected u32",
        ),
        (answered(400, "<html>"), "Typed", "expected value"),
        (answered(400, ""), "Typed", "EOF while parsing"),
        (answered(403, "{}"), "Whole", "missing field `missing`"),
        (answered(407, ""), "Header", "there is no header `x-code`"),
        (
            answered(407, "").with_header("x-code", "70000"),
            "Header",
            "the header `x-code` does not parse",
        ),
        (
            answered(407, "").with_header("x-code", ""),
            "Header",
            "the header `x-code` does not parse",
        ),
        (answered(408, "body"), "Own", "no tenant"),
        (answered(410, "").with_header("retry-after", "7"), "Busy", "there is no header `x-code`"),
    ];
    for (error, variant, why) in table {
        let (came, sent) = (error.status(), error.body().clone());
        let Part::Other { status, whole, body, head, .. } = Part::from(error) else {
            panic!("{variant}")
        };
        assert_eq!((status, whole.status()), (came, came), "{variant}");
        assert_eq!((&body, whole.body()), (&sent, &sent), "{variant}");
        assert_eq!(&head, whole.headers(), "{variant}");
        let source = whole.source().expect("the reason");
        assert_eq!(source.to_string(), format!("the answer does not fit `{variant}`"));
        let reason = source.source().expect("the reason of the reason").to_string();
        assert!(reason.contains(why), "{variant}: {reason}");
    }
}

#[test]
fn text_that_is_no_utf_8_is_no_string() {
    let error = Error::from_status(StatusCode::UNAUTHORIZED).with_body(vec![0xff, 0xfe]);
    let Part::Other { whole, .. } = Part::from(error) else { panic!() };
    assert_eq!(&whole.body()[..], [0xff, 0xfe]);
}

#[test]
fn otherwise_is_made_of_every_error() {
    let error =
        answered(418, SHORTAGE).with_header("x-code", "teapot").with_header("retry-after", "1.5");
    let Part::Other { code, after, status, shortage, body, .. } = Part::from(error) else {
        panic!()
    };
    assert_eq!((code.as_deref(), after), (Some("teapot"), Some(Duration::from_millis(1500))));
    assert_eq!((status.map(|status| status.as_u16()), body.len()), (Some(418), SHORTAGE.len()));
    assert_eq!(shortage.map(|json| json.0.missing), Some(3));

    let Part::Other { code, after, status, shortage, body, head, whole } =
        Part::from(Error::timeout())
    else {
        panic!()
    };
    assert!(code.is_none() && after.is_none() && status.is_none() && shortage.is_none());
    assert!(body.is_empty() && head.is_empty() && whole.is_timeout());
}
