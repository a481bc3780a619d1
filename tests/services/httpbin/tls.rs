//! TLS, and HTTP/2 inside it.

use feign::{Body, Error, Hub, Reqwest, Response};
use futures_util::future::join_all;
use http::Version;
use reqwest::Certificate;

use super::{Echo, SecureHttpbin};

#[feign::client]
trait Secure {
    #[get("/get{?number}")]
    async fn get(&self, number: usize) -> Result<Response<Echo>, Error>;
    #[post("/post")]
    async fn post(&self, #[body] text: &str) -> Result<Response<Echo>, Error>;
    #[get("/stream-bytes/{size}")]
    async fn stream(&self, size: usize) -> Result<Response<Body>, Error>;
    #[get("/status/{code}")]
    async fn status(&self, code: u16) -> Result<(), Error>;
}

fn trusting(httpbin: &SecureHttpbin) -> SecureClient {
    let certificate = Certificate::from_pem(&httpbin.certificate).unwrap();
    let transport = Reqwest::build(|client| client.tls_certs_only([certificate])).unwrap();
    Hub::builder().transport(transport).build().unwrap().client_at(httpbin.url()).unwrap()
}

pub(super) async fn http_2_with_whom_is_trusted(httpbin: &SecureHttpbin) {
    let client = trusting(httpbin);
    let answer = client.post("text").await.unwrap();
    assert_eq!(answer.version(), Version::HTTP_2);
    assert_eq!(answer.body().data, "text");
    let answers = join_all((0..50).map(|number| client.get(number))).await;
    for (number, answer) in answers.into_iter().enumerate() {
        let answer = answer.unwrap();
        assert_eq!(answer.version(), Version::HTTP_2);
        assert_eq!(answer.body().url, format!("{}/get?number={number}", httpbin.url()));
    }
    let mut read = 0;
    let mut body = client.stream(500_000).await.unwrap().into_body();
    while let Some(piece) = body.next().await {
        read += piece.unwrap().len();
    }
    assert_eq!(read, 500_000);
    assert_eq!(client.status(503).await.unwrap_err().status().unwrap(), 503);
}

pub(super) async fn nothing_is_sent_to_whom_is_not(httpbin: &SecureHttpbin) {
    let client = SecureClient::at(httpbin.url()).unwrap();
    let error = client.post("secret").await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(error.status(), None);
    assert!(format!("{error:?}").to_lowercase().contains("certificate"), "{error:?}");
}

pub(super) async fn one_side_only(httpbin: &SecureHttpbin) {
    // Go answers plain HTTP in plain HTTP.
    let plain = SecureClient::at(httpbin.url().replace("https://", "http://")).unwrap();
    let error = plain.get(1).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    assert!(
        error.body().starts_with(b"Client sent an HTTP request to an HTTPS server"),
        "{:?}",
        error.body()
    );
}
