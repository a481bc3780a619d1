//! Which variant an error becomes: code with status > code with class > status > class > otherwise.

use feign::{Error, ErrorMap};

use super::answered;

/// The shape of Feign's annotation-error-decoder: its class, its method and their defaults.
#[derive(Debug, PartialEq, ErrorMap)]
enum Decoder {
    #[status(401)]
    A,
    #[status(403)]
    B,
    #[status(404)]
    C,
    #[status(502, 503, 504)]
    E,
    #[otherwise]
    F(Kept),
}

/// What is left of a `feign::Error` when it is compared.
#[derive(Debug, PartialEq)]
struct Kept(Option<u16>);

impl feign::error_map::KeepsError for Kept {
    fn keep(error: Error) -> Self {
        Self(error.status().map(|status| status.as_u16()))
    }
}

#[test]
fn a_status_leads_to_its_variant() {
    let table = [
        (401, Decoder::A),
        (403, Decoder::B),
        (404, Decoder::C),
        (502, Decoder::E),
        (503, Decoder::E),
        (504, Decoder::E),
        (418, Decoder::F(Kept(Some(418)))),
        (500, Decoder::F(Kept(Some(500)))),
    ];
    for (status, expected) in table {
        assert_eq!(Decoder::from(answered(status, "")), expected, "{status}");
    }
}

#[test]
fn an_error_without_an_answer_goes_to_otherwise() {
    for error in [Error::timeout(), Error::connect(), Error::no_endpoint("inventory")] {
        assert_eq!(Decoder::from(error), Decoder::F(Kept(None)));
    }
}

#[derive(Debug, PartialEq, ErrorMap)]
#[code("/error/code")]
enum Ranked {
    #[status(4xx)]
    Class,
    #[status(409)]
    Status,
    #[status(4xx, code = "GONE_WRONG")]
    ClassCode,
    #[status(409, code = "GONE_WRONG")]
    StatusCode,
    #[status(409, code = "ODD")]
    #[status(410, code = 7)]
    #[status(418)]
    Several,
    #[status(5xx)]
    Server,
    #[status(404)]
    #[otherwise]
    Other(Kept),
}

#[test]
fn the_narrowest_rule_wins_wherever_it_stands() {
    let other = |status| Ranked::Other(Kept(Some(status)));
    let table = [
        (409, r#"{"error": {"code": "GONE_WRONG"}}"#, Ranked::StatusCode),
        (400, r#"{"error": {"code": "GONE_WRONG"}}"#, Ranked::ClassCode),
        (409, r#"{"error": {"code": "SOMETHING"}}"#, Ranked::Status),
        (409, r#"{"error": {"code": "ODD"}}"#, Ranked::Several),
        (418, r#"{"error": {"code": "ODD"}}"#, Ranked::Several),
        (418, r#"{"error": {"code": "GONE_WRONG"}}"#, Ranked::ClassCode),
        (400, r#"{"error": {"code": "ODD"}}"#, Ranked::Class),
        (500, r#"{"error": {"code": "GONE_WRONG"}}"#, Ranked::Server),
        (599, "", Ranked::Server),
        (499, "", Ranked::Class),
        // Otherwise beside a status takes that status out of its class.
        (404, "", other(404)),
        (302, r#"{"error": {"code": "GONE_WRONG"}}"#, other(302)),
    ];
    for (status, body, expected) in table {
        assert_eq!(Ranked::from(answered(status, body)), expected, "{status} {body}");
    }
}

#[test]
fn a_code_is_a_string_or_a_number_at_the_pointer_and_nothing_else() {
    let table = [
        (r#"{"error": {"code": 7}}"#, Ranked::Several),
        (r#"{"error": {"code": "7"}}"#, Ranked::Several),
        (r#"{"error": {"code": 7.0}}"#, Ranked::Class),
        (r#"{"error": {"code": true}}"#, Ranked::Class),
        (r#"{"error": {"code": null}}"#, Ranked::Class),
        (r#"{"error": {"code": ["7"]}}"#, Ranked::Class),
        (r#"{"error": "7"}"#, Ranked::Class),
        (r#"{"code": "7"}"#, Ranked::Class),
        ("7", Ranked::Class),
        ("<html>7</html>", Ranked::Class),
        (r#"{"error": {"code": 7}"#, Ranked::Class),
        ("", Ranked::Class),
    ];
    for (body, expected) in table {
        assert_eq!(Ranked::from(answered(410, body)), expected, "{body}");
    }
}

#[derive(Debug, PartialEq, ErrorMap)]
#[code("/errors/0/a~1b~0c")]
enum Escaped {
    #[status(400, code = -12)]
    Negative,
    #[status(400, code = "\"quoted\"")]
    Quoted,
    #[otherwise]
    Other(Kept),
}

#[derive(Debug, PartialEq, ErrorMap)]
#[code("")]
enum WholeBody {
    #[status(400, code = "BAD")]
    Bad,
    #[otherwise]
    Other(Kept),
}

#[test]
fn a_pointer_is_the_one_of_rfc_6901() {
    let body = r#"{"errors": [{"a/b~c": -12}, {"a/b~c": 1}]}"#;
    assert_eq!(Escaped::from(answered(400, body)), Escaped::Negative);
    let body = r#"{"errors": [{"a/b~c": "\"quoted\""}]}"#;
    assert_eq!(Escaped::from(answered(400, body)), Escaped::Quoted);
    assert_eq!(Escaped::from(answered(400, "{}")), Escaped::Other(Kept(Some(400))));
    assert_eq!(WholeBody::from(answered(400, r#""BAD""#)), WholeBody::Bad);
    assert_eq!(WholeBody::from(answered(400, "BAD")), WholeBody::Other(Kept(Some(400))));
}

#[derive(Debug, PartialEq, ErrorMap)]
enum Nothing {
    #[error_map(skip)]
    #[expect(dead_code, reason = "made by the caller, not by the map")]
    Cancelled,
    #[otherwise]
    Other(Kept),
}

#[test]
fn a_map_may_have_no_status_at_all() {
    assert_eq!(Nothing::from(answered(404, "")), Nothing::Other(Kept(Some(404))));
}
