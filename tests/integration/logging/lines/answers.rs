//! Answers of every kind: without a reason, without a body, of another version, of no text.

use std::convert::Infallible;

use feign::log::Level;
use feign::mock::{Mock, Reply};
use feign::{Body, Bytes, Hub, Request, Response};
use http::Version;

use super::super::Collector;
use super::{URL, WAIT, foo, logged, logged_by, told};

/// The events of a call at `Headers` and `Body` but for the request's: from the answer on.
fn answer(lines: &str) -> &str {
    let at = lines.find("\n< ").unwrap_or_else(|| panic!("no answer in {lines}"));
    &lines[at + 1..]
}

#[tokio::test(start_paused = true)]
async fn a_status_without_a_reason() {
    let expected = "\
feign::attempt: attempt: POST / at http://localhost:1 299 in 3.0ms
feign::call: POST / 299 in 3.0ms
";
    assert_eq!(logged(Level::Basic, Reply::status(299)).await, expected);
    let expected = "\
< HTTP/1.1 299 in 3.0ms
< content-length: 0
feign::call: POST / 299 in 3.0ms
";
    assert_eq!(answer(&logged(Level::Headers, Reply::status(299)).await), expected);
}

#[feign::client(service = "sends-stuff")]
trait Photos {
    #[post("/")]
    async fn photo(&self) -> Result<Bytes, feign::Error>;
}

#[tokio::test(start_paused = true)]
async fn what_is_no_text() {
    let png = Reply::status(200).header("content-type", "image/png").body(&b"\x89PNG\0"[..]);
    let mock = Mock::new();
    mock.on(PhotosClient::PHOTO).reply(png.delay(WAIT));
    let collector = Collector::all();
    let hub = mock.hub().log(Level::Body).build().unwrap();
    hub.client_at::<PhotosClient>(URL).unwrap().photo().await.unwrap();
    let expected = "\
< HTTP/1.1 200 OK in 3.0ms
< content-type: image/png
< content-length: 5
< (5 bytes of image/png)
feign::call: POST / 200 OK in 3.0ms
";
    assert_eq!(answer(&told(&collector)), expected);
}

#[tokio::test(start_paused = true)]
async fn no_content() {
    let expected = "\
< HTTP/1.1 204 No Content in 3.0ms
feign::call: POST / 204 No Content in 3.0ms
";
    assert_eq!(answer(&logged(Level::Body, Reply::status(204)).await), expected);
}

#[tokio::test(start_paused = true)]
async fn reset_content() {
    let expected = "\
< HTTP/1.1 205 Reset Content in 3.0ms
< content-length: 0
feign::call: POST / 205 Reset Content in 3.0ms
";
    assert_eq!(answer(&logged(Level::Body, Reply::status(205)).await), expected);
}

/// Makes the call by a transport that speaks another version.
async fn of_version(version: Version) -> String {
    let transport = tower::service_fn(move |_: Request<Body>| async move {
        tokio::time::sleep(WAIT).await;
        let mut answer = Response::new(Body::from("foo"));
        *answer.version_mut() = version;
        Ok::<_, Infallible>(answer)
    });
    logged_by(Hub::builder().transport(transport).log(Level::Headers), URL).await
}

#[tokio::test(start_paused = true)]
async fn other_versions() {
    for (version, name) in [
        (Version::HTTP_2, "HTTP/2.0"),
        (Version::HTTP_3, "HTTP/3.0"),
        (Version::HTTP_10, "HTTP/1.0"),
        (Version::HTTP_09, "HTTP/0.9"),
    ] {
        let expected = format!("< {name} 200 OK in 3.0ms\nfeign::call: POST / 200 OK in 3.0ms\n");
        assert_eq!(answer(&of_version(version).await), expected);
    }
    assert!(answer(&logged(Level::Headers, foo()).await).starts_with("< HTTP/1.1 200 OK "));
}
