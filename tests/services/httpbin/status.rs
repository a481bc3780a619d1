//! Statuses: each leads to the right variant, and none is lost.

use std::time::Duration;

use feign::{Error, Response, StatusCode};
use serde_json::Value;

use super::Httpbin;

#[derive(Debug, feign::ErrorMap)]
enum StatusError {
    #[status(401, 403)]
    Refused(StatusCode),
    #[status(404)]
    Missing,
    #[status(418)]
    Teapot(String),
    #[status(429, 503)]
    Busy {
        #[retry_after]
        after: Option<Duration>,
    },
    #[status(4xx)]
    Ours(StatusCode),
    #[status(5xx)]
    Theirs(StatusCode),
    #[otherwise]
    Other(Error),
}

#[feign::client]
trait Statuses {
    #[get("/status/{code}")]
    async fn mapped(&self, code: u16) -> Result<Response<()>, StatusError>;
    #[get("/status/{code}")]
    async fn plain(&self, code: u16) -> Result<(), Error>;
    #[get("/status/{code}")]
    #[accept(any)]
    async fn any(&self, code: u16) -> Result<Response<String>, Error>;
    #[get("/status/{code}")]
    async fn maybe(&self, code: u16) -> Result<Option<Value>, Error>;
}

const ALL: std::ops::RangeInclusive<u16> = 200..=599;

pub(super) async fn every_one_from_200_to_599(httpbin: &Httpbin) {
    let client = StatusesClient::at(httpbin.url()).unwrap();
    for code in ALL {
        let fits = match client.mapped(code).await {
            Ok(answer) => code <= 299 && answer.status() == code,
            Err(StatusError::Refused(status)) => matches!(code, 401 | 403) && status == code,
            Err(StatusError::Missing) => code == 404,
            Err(StatusError::Teapot(said)) => code == 418 && said == "I'm a teapot!",
            Err(StatusError::Busy { after }) => matches!(code, 429 | 503) && after.is_none(),
            Err(StatusError::Ours(status)) => (400..500).contains(&code) && status == code,
            Err(StatusError::Theirs(status)) => code >= 500 && status == code,
            Err(StatusError::Other(error)) => {
                (300..400).contains(&code) && error.status().is_some_and(|status| status == code)
            }
        };
        assert!(fits, "{code}");
    }
    for code in ALL {
        match client.plain(code).await {
            Ok(()) => assert!(code <= 299, "{code}"),
            Err(error) => {
                assert!(code >= 300 && error.is_status(), "{code}: {error:?}");
                assert_eq!(error.status().unwrap(), code);
                let passing = matches!(code, 408 | 425 | 429 | 502 | 503 | 504);
                assert_eq!(error.is_retryable(), passing, "{code}");
            }
        }
    }
}

pub(super) async fn every_one_let_through(httpbin: &Httpbin) {
    let client = StatusesClient::at(httpbin.url()).unwrap();
    for code in ALL {
        let answer = client.any(code).await.unwrap();
        assert_eq!(answer.status(), code);
        let has_body = matches!(code, 300 | 308 | 402 | 406 | 418);
        assert_eq!(!answer.body().is_empty(), has_body, "{code}: {}", answer.body());
    }
}

pub(super) async fn none_where_there_is_nothing(httpbin: &Httpbin) {
    let client = StatusesClient::at(httpbin.url()).unwrap();
    for code in [200, 204, 404] {
        assert_eq!(client.maybe(code).await.unwrap(), None, "{code}");
    }
    for code in [410, 500] {
        assert_eq!(client.maybe(code).await.unwrap_err().status().unwrap(), code);
    }
}
