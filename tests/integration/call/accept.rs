//! The status is always checked; `#[accept]` lets others through.

use feign::{Response, StatusCode};

use super::{APPLE, Item, apple};
use crate::support::{Reply, Server};

#[feign::client]
trait Accepting {
    #[get("/")]
    async fn strict(&self) -> Result<Response<String>, feign::Error>;
    #[get("/")]
    #[accept(409)]
    async fn conflict(&self) -> Result<Response<String>, feign::Error>;
    #[get("/")]
    #[accept(4xx, 503)]
    async fn class(&self) -> Result<Response<String>, feign::Error>;
    #[get("/")]
    #[accept(any)]
    async fn any(&self) -> Result<Response<String>, feign::Error>;
    #[get("/")]
    #[accept(409)]
    async fn typed(&self) -> Result<Item, feign::Error>;
    #[get("/")]
    #[accept(404)]
    async fn optional(&self) -> Result<Option<Item>, feign::Error>;
}

#[feign::client]
#[accept(418)]
trait Teapots {
    #[get("/")]
    async fn inherited(&self) -> Result<Response<String>, feign::Error>;
    #[get("/")]
    #[accept(409)]
    async fn own(&self) -> Result<Response<String>, feign::Error>;
}

const STATUSES: [u16; 16] =
    [200, 201, 202, 203, 206, 226, 301, 304, 400, 404, 409, 418, 500, 501, 503, 599];

#[tokio::test]
async fn what_is_accepted_reaches_the_result() {
    for status in STATUSES {
        let server = Server::always(Reply::status(status).body("b")).await;
        let client = AcceptingClient::at(server.url()).unwrap();
        let success = (200..300).contains(&status);
        for (method, accepted, answer) in [
            ("strict", success, client.strict().await),
            ("conflict", success || status == 409, client.conflict().await),
            (
                "class",
                success || (400..500).contains(&status) || status == 503,
                client.class().await,
            ),
            ("any", true, client.any().await),
        ] {
            match answer {
                Ok(response) => {
                    assert!(accepted, "{method} took {status}");
                    assert_eq!(response.status().as_u16(), status);
                }
                Err(error) => {
                    assert!(!accepted, "{method} of {status}: {error}");
                    assert!(error.is_status(), "{error:?}");
                    assert_eq!(error.status().unwrap().as_u16(), status);
                }
            }
        }
    }
}

#[tokio::test]
async fn an_accepted_body_is_read_like_any() {
    let server = Server::always(Reply::status(409).body(APPLE)).await;
    let client = AcceptingClient::at(server.url()).unwrap();
    assert_eq!(client.typed().await.unwrap(), apple());
    let server = Server::always(Reply::status(409).body("<html>")).await;
    let error = AcceptingClient::at(server.url()).unwrap().typed().await.unwrap_err();
    assert!(error.is_decode(), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::CONFLICT));
}

/// `None` is more than what was accepted: a 404 stays the absence it is.
#[tokio::test]
async fn absence_stands_before_acceptance() {
    let server = Server::always(Reply::status(404).body(APPLE)).await;
    let client = AcceptingClient::at(server.url()).unwrap();
    assert_eq!(client.optional().await.unwrap(), None);
}

#[tokio::test]
async fn a_trait_accepts_for_its_methods() {
    let server = Server::always(Reply::status(418).body("short and stout")).await;
    let client = TeapotsClient::at(server.url()).unwrap();
    let response = client.inherited().await.unwrap();
    assert_eq!(response.into_body(), "short and stout");
    // What a method says of itself stands in place of what its trait says.
    assert!(client.own().await.unwrap_err().is_status());
    let server = Server::always(Reply::status(409)).await;
    let client = TeapotsClient::at(server.url()).unwrap();
    client.own().await.unwrap();
    assert!(client.inherited().await.unwrap_err().is_status());
}
