//! `attempt_timeout`: one exchange, up to the head.

use feign::mock::{Mock, Reply};
use feign::{Body, Request, Response, layer};
use tokio::time::Instant;

use super::{Answer, answering, ended, late, seconds, silence};

#[feign::client]
trait Attempts {
    #[get("/")]
    async fn plain(&self) -> Answer;
    #[get("/")]
    #[timeout("10s", attempt = "3s")]
    async fn both(&self) -> Answer;
    #[get("/")]
    #[timeout(attempt = "3s")]
    async fn attempt(&self) -> Answer;
    #[post("/")]
    #[timeout(attempt = "3s")]
    async fn create(&self) -> Answer;
    #[post("/")]
    #[idempotent]
    #[timeout(attempt = "3s")]
    async fn repeatable(&self) -> Answer;
}

fn client(mock: &Mock) -> AttemptsClient {
    mock.client()
}

#[tokio::test(start_paused = true)]
async fn none_by_default() {
    client(&late(seconds(29))).plain().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn as_declared() {
    let client = client(&silence());
    let started = Instant::now();
    assert_eq!(ended(started, client.both().await), (seconds(3), "attempt_timeout"));
    let started = Instant::now();
    assert_eq!(ended(started, client.attempt().await), (seconds(3), "attempt_timeout"));
}

/// Only the head is waited for: the body belongs to the total.
#[tokio::test(start_paused = true)]
async fn the_body_is_no_part_of_it() {
    let slow = Reply::status(200).body("[]").slow_body(2, seconds(4));
    client(&answering(slow)).attempt().await.unwrap();
}

/// Where both would fire it is the total that has run out, and it says so.
#[tokio::test(start_paused = true)]
async fn the_total_is_stronger() {
    let client = client(&silence()).with(|call| call.timeout(seconds(2)));
    let started = Instant::now();
    assert_eq!(ended(started, client.attempt().await), (seconds(2), "timeout"));
    let client = client.with(|call| call.timeout(seconds(3)));
    let started = Instant::now();
    assert_eq!(ended(started, client.attempt().await), (seconds(3), "timeout"));
}

#[tokio::test(start_paused = true)]
async fn it_may_be_tried_again_where_that_does_no_harm() {
    let client = client(&silence());
    assert!(client.attempt().await.unwrap_err().is_retryable());
    assert!(client.repeatable().await.unwrap_err().is_retryable());
    assert!(!client.create().await.unwrap_err().is_retryable());
}

/// Each attempt has its own time: a layer that tries again gets another three seconds, and all of
/// them together the total.
#[tokio::test(start_paused = true)]
async fn each_attempt_has_its_own() {
    async fn thrice(
        request: Request<Body>,
        next: layer::Next,
    ) -> Result<Response<Body>, feign::Error> {
        let (parts, body) = request.into_parts();
        let mut last = None;
        for _ in 0..3 {
            let again = Request::from_parts(parts.clone(), body.try_clone().unwrap());
            match next.clone().run(again).await {
                Ok(response) => return Ok(response),
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap())
    }
    let mock = silence();
    let hub = mock.hub().per_call(layer::from_fn(thrice)).build().unwrap();
    let client: AttemptsClient = hub.client_at("http://h.example").unwrap();
    let started = Instant::now();
    assert_eq!(ended(started, client.both().await), (seconds(9), "attempt_timeout"));
    assert_eq!(mock.requests().len(), 3);
    let client = client.with(|call| call.timeout(seconds(7)));
    let started = Instant::now();
    assert_eq!(ended(started, client.both().await), (seconds(7), "timeout"));
    assert_eq!(mock.requests().len(), 6);
}
