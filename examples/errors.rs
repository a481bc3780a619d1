//! What goes wrong, as the caller's own type: `cargo run --example errors`.

use std::time::Duration;

use feign::{Json, Problem, StatusCode};
use serde::Deserialize;

#[feign::client(service = "payments")]
trait Payments {
    #[post("/payments/{id}/capture")]
    async fn capture(&self, id: u64) -> Result<String, PaymentError>;
}

#[derive(Debug, Deserialize)]
struct Limit {
    most: u32,
}

/// The most precise one wins: a status with a code, a status, a class, then everything else.
#[derive(Debug, thiserror::Error, feign::ErrorMap)]
#[code("/error/code")]
enum PaymentError {
    #[error("over the limit of {}", .0.0.most)]
    #[status(422, code = "OVER_LIMIT")]
    OverLimit(Json<Limit>),
    #[error("refused: {0:?}")]
    #[status(422)]
    Refused(Problem),
    #[error("busy, come back after {after:?}")]
    #[status(429, 503)]
    Busy {
        #[retry_after]
        after: Option<Duration>,
        #[header("x-queue")]
        queue: Option<u32>,
    },
    #[error("our fault: {0}")]
    #[status(4xx)]
    OurFault(StatusCode),
    #[error(transparent)]
    #[otherwise]
    Other(feign::Error),
}

fn main() {
    // A fake, or a test, makes the error of any answer; a call makes the same from a real one.
    let answer =
        |status: u16| feign::Error::from_status(StatusCode::from_u16(status).unwrap_or_default());
    let answers = [
        answer(422).with_body(r#"{"error": {"code": "OVER_LIMIT"}, "most": 500}"#),
        answer(422).with_body(r#"{"title": "Card expired", "status": 422, "card": "…4711"}"#),
        answer(503).with_header("retry-after", "7").with_header("x-queue", "31"),
        answer(404),
        // A body that is not what was declared hides nothing: all of it is in `Other`.
        answer(422).with_body("<html>a proxy speaks</html>"),
        feign::Error::timeout(),
    ];
    for answer in answers {
        let told = answer.to_string();
        println!("{told}\n    is: {}", PaymentError::from(answer));
    }
}
