//! Statuses with what does not belong to them, and `Retry-After` that says nothing.

use std::error::Error as _;
use std::time::Duration;

use feign::{Hub, StatusCode};

use super::{Kinds as _, KindsClient, assert_is_only, assert_says, client, of_every_kind};
use crate::support::{Peer, Reply, Server, Then, Wrong};

/// It has no body, whatever it says, and what was sent as one is not the head of the next answer.
#[tokio::test]
async fn no_content_with_a_body() {
    for framing in [
        "content-length: 4\r\n\r\nbody",
        "transfer-encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
        "\r\nbody",
    ] {
        let peer =
            Peer::sending(format!("HTTP/1.1 204 No Content\r\n{framing}"), Then::StayOpen).await;
        let client = client(&peer);
        for _ in 0..10 {
            client.unit().await.unwrap();
            assert_eq!(client.text().await.unwrap(), "");
            assert_eq!(client.maybe().await.unwrap(), None);
        }
        let error = client.json().await.unwrap_err();
        assert_is_only("decode", &error);
        assert_eq!(error.status(), Some(StatusCode::NO_CONTENT));
        assert!(error.to_string().contains("empty"), "{error}");
        assert_eq!(peer.connections(), 31, "such a connection is not used again");
    }
}

/// Nothing was asked for conditionally: it is no success, and has no body to wait for.
#[tokio::test]
async fn not_modified() {
    let peer = Peer::run(|mut wire| async move {
        let answer = b"HTTP/1.1 304 Not Modified\r\netag: \"1\"\r\ncontent-length: 1000\r\n\r\n";
        while wire.request().await.is_some() && wire.write(answer).await {}
    })
    .await;
    for error in of_every_kind(&client(&peer)).await {
        assert_is_only("status", &error);
        assert_eq!(error.status(), Some(StatusCode::NOT_MODIFIED));
        assert_eq!(error.headers()["etag"], "\"1\"");
        assert!(error.body().is_empty());
        assert!(!error.is_retryable());
    }
}

/// Whoever follows none sees where it would have led, and what stood there.
#[tokio::test]
async fn a_redirect_that_is_not_followed() {
    for status in [300, 301, 302, 303, 305, 307, 308, 399] {
        let reply = Reply::status(status).header("location", "/next").body("moved");
        let server = Server::always(reply).await;
        let client = KindsClient::at(server.url()).unwrap();
        for error in of_every_kind(&client).await {
            assert_is_only("status", &error);
            assert_eq!(error.status().unwrap(), status);
            assert_eq!(error.headers()["location"], "/next");
            assert_eq!(error.body(), "moved");
            assert!(!error.is_retryable(), "it would lead there again");
        }
        assert_eq!(server.received().len(), 6, "one request each");
    }
}

/// A circle is left where it was noticed: the last answer is kept, and says what it was.
#[tokio::test]
async fn a_redirect_in_a_circle() {
    let reply = Reply::status(302).header("location", "/").header("x-turn", "1").body("moved");
    let server = Server::always(reply).await;
    let hub = Hub::builder().redirects(3).build().unwrap();
    let client: KindsClient = hub.client_at(server.url()).unwrap();
    let errors = of_every_kind(&client).await;
    assert_eq!(server.received().len(), 6 * 4, "a call and three redirects each");
    for error in errors {
        assert_says(&error, "redirect");
        assert!(!error.is_retryable(), "it would go round again: {error:?}");
        assert_is_only("status", &error);
        assert_eq!(error.status(), Some(StatusCode::FOUND));
        assert_eq!(error.headers()["location"], "/");
        assert_eq!(error.body(), "moved");
    }
}

/// A redirect to nowhere is an answer that is no success.
#[tokio::test]
async fn a_redirect_to_nowhere() {
    for location in [
        "",
        "http://",
        "http://[::1",
        "ht!tp://x",
        "//",
        "\u{7f}",
        "http://a b/",
        "mailto:a@b",
        "/\u{e9}",
    ] {
        let server = Server::always(Reply::status(302).header("location", location)).await;
        let hub = Hub::builder().redirects(3).build().unwrap();
        let client: KindsClient = hub.client_at(server.url()).unwrap();
        for error in of_every_kind(&client).await {
            assert!(!error.is_connect() && !error.is_timeout(), "{location:?}: {error:?}");
            assert!(
                error.source().is_some() || error.status().is_some(),
                "{location:?}: {error:?}"
            );
        }
    }
    let server = Server::always(Reply::status(302)).await;
    let hub = Hub::builder().redirects(3).build().unwrap();
    let client: KindsClient = hub.client_at(server.url()).unwrap();
    for error in of_every_kind(&client).await {
        assert_is_only("status", &error);
    }
}

/// Nonsense is no time to wait, and never hides the status.
#[tokio::test]
async fn retry_after_nonsense() {
    let mut wrong = Wrong::default();
    for nonsense in [
        "",
        "soon",
        "-1",
        "+1",
        "0x10",
        "1_000",
        "1e3",
        "7 s",
        "7;",
        "7,8",
        "1.2.3",
        ".5",
        "5.",
        "NaN",
        "inf",
        "infinity",
        "99999999999999999999",
        "18446744073709551616",
        "\u{664}",
        "\"7\"",
        "Fri, 31 Dec 1999",
        "Fri, 99 Dec 1999 23:59:59 GMT",
        "Fri, 31 Dec 99999 23:59:59 GMT",
        "Fri, 31 Dec 1999 24:61:61 GMT",
        "Mon, 31 Dec 1999 23:59:59 XXX",
        "1999-12-31T23:59:59Z",
        "PT7S",
        "\t",
    ] {
        let peer = Peer::sending(busy(&format!("retry-after: {nonsense}\r\n")), Then::Close).await;
        let error = client(&peer).json().await.unwrap_err();
        assert_is_only("status", &error);
        assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
        assert_eq!(error.body(), "why");
        assert_eq!(error.headers()["retry-after"], nonsense.trim());
        assert!(error.is_retryable());
        wrong.unless(error.retry_after().is_none(), nonsense, &error.retry_after());
    }
    wrong.finish();
}

/// It stands once; of two the first is taken, as everywhere.
#[tokio::test]
async fn retry_after_twice() {
    for (headers, wanted) in [
        ("retry-after: 7\r\nretry-after: 7\r\n", Some(Duration::from_secs(7))),
        ("retry-after: 7\r\nretry-after: 8\r\n", Some(Duration::from_secs(7))),
        ("retry-after: soon\r\nretry-after: 8\r\n", None),
    ] {
        let peer = Peer::sending(busy(headers), Then::Close).await;
        let error = client(&peer).json().await.unwrap_err();
        assert_is_only("status", &error);
        assert_eq!(error.retry_after(), wanted, "{headers:?}");
    }
}

/// A wait beyond what a clock can count is one that no arithmetic panics over.
#[tokio::test]
async fn retry_after_for_ever() {
    for long in ["9999999999", "9000000000000000000", "Fri, 31 Dec 9999 23:59:59 GMT"] {
        let peer = Peer::sending(busy(&format!("retry-after: {long}\r\n")), Then::Close).await;
        let error = client(&peer).json().await.unwrap_err();
        assert_is_only("status", &error);
        let after = error.retry_after().unwrap_or_default();
        assert!(after > Duration::from_secs(1 << 32), "{long}: {after:?}");
    }
}

fn busy(header: &str) -> String {
    format!("HTTP/1.1 503 Busy\r\n{header}content-length: 3\r\n\r\nwhy")
}
