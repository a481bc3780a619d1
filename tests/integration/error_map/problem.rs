//! Problem details of RFC 9457 as a field.

use feign::{Error, ErrorMap, Problem};
use serde_json::{Value, json};

use super::answered;

#[derive(Debug, ErrorMap)]
enum Refusal {
    #[status(4xx)]
    Refused(Problem),
    #[otherwise]
    Other(Error),
}

fn refused(body: &Value) -> Problem {
    match answered(403, &body.to_string())
        .with_header("content-type", "application/problem+json")
        .into()
    {
        Refusal::Refused(problem) => problem,
        Refusal::Other(error) => panic!("{error:?}"),
    }
}

/// The example of RFC 9457, 3.
fn out_of_credit() -> Value {
    json!({
        "type": "https://example.com/probs/out-of-credit",
        "title": "You do not have enough credit.",
        "status": 403,
        "detail": "Your current balance is 30, but that costs 50.",
        "instance": "/account/12345/msgs/abc",
        "balance": 30,
        "accounts": ["/account/12345", "/account/67890"],
    })
}

#[test]
fn every_member_is_read_and_the_others_are_kept() {
    let problem = refused(&out_of_credit());
    assert_eq!(problem.type_uri, "https://example.com/probs/out-of-credit");
    assert_eq!(problem.title.as_deref(), Some("You do not have enough credit."));
    assert_eq!(problem.status, Some(403));
    assert_eq!(problem.detail.as_deref(), Some("Your current balance is 30, but that costs 50."));
    assert_eq!(problem.instance.as_deref(), Some("/account/12345/msgs/abc"));
    assert_eq!(problem.extension::<u32>("balance"), Some(30));
    assert_eq!(
        problem.extension::<Vec<String>>("accounts").map(|accounts| accounts.len()),
        Some(2)
    );
    assert_eq!(problem.extension::<String>("balance"), None);
    assert_eq!(problem.extension::<u32>("title"), None);
    assert_eq!(problem.extensions.len(), 2);
}

#[test]
fn a_problem_goes_out_as_it_came_in() {
    let bodies = [
        out_of_credit(),
        json!({}),
        json!({"type": 7, "status": "403", "title": null}),
        json!({"a": 1}),
    ];
    for body in bodies {
        assert_eq!(serde_json::to_value(refused(&body)).unwrap(), body);
    }
}

#[test]
fn a_member_of_another_type_is_ignored() {
    let problem = refused(&json!({"type": 7, "title": ["a"], "status": "403", "detail": null}));
    assert_eq!(
        (problem.type_uri.as_str(), problem.title, problem.status),
        ("about:blank", None, None)
    );
    assert_eq!(problem.extensions.len(), 4);
    assert_eq!(refused(&json!({"status": 70000})).status, None);
    assert_eq!(refused(&json!({})), Problem::default());
}

#[test]
fn it_is_told_by_its_title_and_detail() {
    let table = [
        (json!({"title": "No credit", "detail": "30 of 50"}), "No credit: 30 of 50"),
        (json!({"title": "No credit"}), "No credit"),
        (json!({"detail": "30 of 50"}), "30 of 50"),
        (json!({"type": "https://example.com/a"}), "https://example.com/a"),
        (json!({}), "about:blank"),
    ];
    for (body, text) in table {
        assert_eq!(refused(&body).to_string(), text);
    }
}

#[test]
fn what_is_no_object_is_no_problem() {
    for body in ["", "<html>", "[]", "\"a\"", "null", "{"] {
        let Refusal::Other(error) = answered(400, body).into() else { panic!("{body}") };
        assert_eq!(error.body(), body);
    }
}
