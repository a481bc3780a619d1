//! Redirects and links.

use feign::{Error, Hub, Response};
use serde_json::json;

use super::{Echo, Httpbin};

#[feign::client]
#[headers("authorization: Bearer secret")]
trait Moving {
    #[get("/redirect/{times}")]
    async fn relative(&self, times: usize) -> Result<Echo, Error>;
    #[get("/absolute-redirect/{times}")]
    async fn absolute(&self, times: usize) -> Result<Echo, Error>;
    #[get("/redirect-to{?url,status_code}")]
    async fn read(&self, url: &str, status_code: u16) -> Result<Echo, Error>;
    #[post("/redirect-to{?url,status_code}")]
    async fn write(
        &self,
        url: &str,
        status_code: u16,
        #[body] document: &serde_json::Value,
    ) -> Result<Echo, Error>;
    #[get("/redirect-to{?url}")]
    #[accept(3xx)]
    async fn look(&self, url: &str) -> Result<Response<()>, Error>;
    #[get]
    async fn follow(&self, #[url] link: &str) -> Result<Echo, Error>;
}

fn client(httpbin: &Httpbin, redirects: Option<usize>) -> MovingClient {
    let hub = Hub::builder();
    let hub = match redirects {
        None => hub,
        Some(most) => hub.redirects(most),
    };
    hub.build().unwrap().client_at(httpbin.url()).unwrap()
}

pub(super) async fn off_by_default(httpbin: &Httpbin) {
    let client = client(httpbin, None);
    for status in [301, 302, 303, 307, 308] {
        let error = client.read("/get", status).await.unwrap_err();
        assert!(error.is_status() && !error.is_retryable(), "{error:?}");
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.headers()["location"], "/get");
    }
    let location = client.relative(3).await.unwrap_err().headers()["location"].clone();
    assert_eq!(location, "/relative-redirect/2");
}

pub(super) async fn on_where_asked_for(httpbin: &Httpbin) {
    for echo in [
        client(httpbin, Some(3)).relative(3).await.unwrap(),
        client(httpbin, Some(3)).absolute(3).await.unwrap(),
    ] {
        assert_eq!(echo.url, format!("{}/get", httpbin.url()));
        assert_eq!(echo.header("Authorization"), "Bearer secret", "it is the same origin");
    }
    let error = client(httpbin, Some(2)).relative(3).await.unwrap_err();
    assert!(error.is_status(), "{error:?}");
    assert_eq!(error.headers()["location"], "/get", "the last of them is not followed");
}

pub(super) async fn verb_and_body(httpbin: &Httpbin) {
    let client = client(httpbin, Some(1));
    let document = json!({"a": 1});
    for status in [307, 308] {
        let echo = client.write("/anything/new", status, &document).await.unwrap();
        assert_eq!((&*echo.method, &echo.json), ("POST", &document), "{status}");
    }
    for status in [301, 302, 303] {
        let echo = client.write("/anything/new", status, &document).await.unwrap();
        assert_eq!((&*echo.method, &*echo.data), ("GET", ""), "{status}");
    }
}

/// The other name leads to the same server: it would answer, and tell what it was sent.
pub(super) async fn never_to_another_host(httpbin: &Httpbin) {
    let client = client(httpbin, Some(5));
    let elsewhere = format!("{}/anything/elsewhere-{}", httpbin.url_as("localhost"), "marked");
    for status in [302, 307] {
        let error = client.read(&elsewhere, status).await.unwrap_err();
        assert_eq!(error.status().unwrap(), status, "{error:?}");
        assert_eq!(error.headers()["location"], elsewhere.as_str());
    }
    let there = MovingClient::at(httpbin.url_as("localhost")).unwrap();
    let echo = there.follow(&elsewhere).await.unwrap();
    assert_eq!(echo.url, elsewhere, "it is there");
}

pub(super) async fn a_link_is_followed_by_hand(httpbin: &Httpbin) {
    let client = client(httpbin, None);
    let here = format!("{}/anything/here?page=2", httpbin.url());
    for link in ["/anything/here?page=2", &here] {
        let answer = client.look(link).await.unwrap();
        let next = answer.headers()["location"].to_str().unwrap();
        let echo = client.follow(next).await.unwrap();
        assert_eq!(echo.url, here);
        assert_eq!(echo.args["page"], ["2"]);
    }
    let elsewhere = httpbin.url_as("localhost");
    let error = client.follow(&elsewhere).await.unwrap_err();
    assert!(error.is_request(), "{error:?}");
    assert_eq!(error.attempts(), 0);
    let hub = Hub::builder().allow_origin(elsewhere.as_str()).build().unwrap();
    let allowed: MovingClient = hub.client_at(httpbin.url()).unwrap();
    let echo = allowed.follow(&format!("{elsewhere}/get")).await.unwrap();
    assert_eq!(echo.url, format!("{elsewhere}/get"));
}
