//! Values in the path: `rust-peers.md` 1.2 and the dot segments of `scenarios.md` 4.

use super::Want::{Refused, Sent};
use super::{Answer, assert_refused, is_refused};
use crate::support::{Server, Wrong};

#[feign::client]
trait Echo {
    #[get("/echo/{id}/orders")]
    async fn orders(&self, id: &str) -> Answer;
    #[get("/last/{id}")]
    async fn last(&self, id: &str) -> Answer;
    #[get("/files/{+path}")]
    async fn file(&self, path: &str) -> Answer;
    #[get("/files/{+path}/meta")]
    async fn meta(&self, path: &str) -> Answer;
    #[get("/foo{x}bar")]
    async fn inside(&self, x: &str) -> Answer;
    #[get("/hidden/.{name}")]
    async fn hidden(&self, name: &str) -> Answer;
    #[get("/two/{one}{two}/end")]
    async fn two(&self, one: &str, two: &str) -> Answer;
    #[get("/short/{x:1}")]
    async fn short(&self, x: &str) -> Answer;
    #[get("/cut/{+x:5}/{y:2}{/z:2}{;z:1}")]
    async fn cut(&self, x: &str, y: &str, z: &str) -> Answer;
    #[get("/tree{/parts*}")]
    async fn tree(&self, parts: &[&str]) -> Answer;
    #[get("/report{.ext}")]
    async fn report(&self, ext: Option<&str>) -> Answer;
    #[get("/matrix{;x}")]
    async fn matrix(&self, x: &str) -> Answer;
}

/// One encoded segment, whatever the value holds.
#[tokio::test]
async fn a_value_is_one_segment() {
    let mut wrong = Wrong::default();
    let server = Server::silent_ok().await;
    let echo = EchoClient::at(server.url()).unwrap();
    for (value, want) in [
        ("a/b?x=1#f", Sent("a%2Fb%3Fx%3D1%23f")),
        ("a b", Sent("a%20b")),
        ("é%2F", Sent("%C3%A9%252F")),
        ("sp ace", Sent("sp%20ace")),
        ("100%25 a", Sent("100%2525%20a")),
        ("%", Sent("%25")),
        ("a+b", Sent("a%2Bb")),
        ("a;b=c,d", Sent("a%3Bb%3Dc%2Cd")),
        ("{id}", Sent("%7Bid%7D")),
        ("-._~", Sent("-._~")),
        ("😀", Sent("%F0%9F%98%80")),
        ("\u{7f}\t", Sent("%7F%09")),
        ("http://other.example/", Sent("http%3A%2F%2Fother.example%2F")),
        ("//other.example", Sent("%2F%2Fother.example")),
        // Dots: the whole segment decides, and an escape of ours is no dot.
        ("..a", Sent("..a")),
        ("...", Sent("...")),
        ("%2e", Sent("%252e")),
        ("%2E%2E", Sent("%252E%252E")),
        ("../a", Sent("..%2Fa")),
        ("..\\..", Sent("..%5C..")),
        ("", Refused),
        (".", Refused),
        ("..", Refused),
        ("a\rb", Refused),
        ("a\nb", Refused),
        ("a\r\nx-injected: 1", Refused),
        ("a\0b", Refused),
    ] {
        match want {
            Sent(text) => {
                echo.orders(value).await.unwrap();
                wrong.unless_same(value, &server.take().line, &format!("GET /echo/{text}/orders"));
                echo.last(value).await.unwrap();
                wrong.unless_same(value, &server.take().line, &format!("GET /last/{text}"));
            }
            Refused => {
                for answer in [echo.orders(value).await, echo.last(value).await] {
                    wrong.unless(is_refused(&answer, "id"), value, &answer);
                }
            }
        }
    }
    wrong.finish();
    server.assert_untouched();
}

/// Exactly the unreserved characters of RFC 3986 stay as they are.
#[tokio::test]
async fn every_ascii_character() {
    let server = Server::silent_ok().await;
    let echo = EchoClient::at(server.url()).unwrap();
    for byte in 0..=0x7f_u8 {
        let value = format!("a{}z", char::from(byte));
        if matches!(byte, b'\r' | b'\n' | 0) {
            assert_refused(&echo.orders(&value).await, "id");
            continue;
        }
        echo.orders(&value).await.unwrap();
        let unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let text = if unreserved { char::from(byte).to_string() } else { format!("%{byte:02X}") };
        assert_eq!(server.take().line, format!("GET /echo/a{text}z/orders"), "{byte:#04x}");
    }
}

/// `{+x}` keeps slashes and escapes, and never leaves the path.
#[tokio::test]
async fn a_reserved_value_is_many_segments() {
    let mut wrong = Wrong::default();
    let server = Server::silent_ok().await;
    let echo = EchoClient::at(server.url()).unwrap();
    for (value, want) in [
        ("a/b/c.txt", Sent("a/b/c.txt")),
        ("a b/c", Sent("a%20b/c")),
        ("a%20b", Sent("a%20b")),
        ("50%", Sent("50%25")),
        ("é", Sent("%C3%A9")),
        ("a:b@c;d=e", Sent("a:b@c;d=e")),
        ("..a/b..", Sent("..a/b..")),
        // What would end the path is no part of it.
        ("a?x=1", Sent("a%3Fx=1")),
        ("a#f", Sent("a%23f")),
        ("a\\..\\b", Sent("a%5C..%5Cb")),
        ("..", Refused),
        (".", Refused),
        ("", Refused),
        ("./a", Refused),
        ("a/../b", Refused),
        ("a/.", Refused),
        ("a/..", Refused),
        ("%2e%2e/a", Refused),
        ("a/%2E./b", Refused),
        ("a//b", Refused),
        ("/a", Refused),
        ("a\nb", Refused),
        ("a\0b", Refused),
    ] {
        match want {
            Sent(text) => {
                echo.file(value).await.unwrap();
                wrong.unless_same(value, &server.take().line, &format!("GET /files/{text}"));
                echo.meta(value).await.unwrap();
                wrong.unless_same(value, &server.take().line, &format!("GET /files/{text}/meta"));
            }
            Refused => {
                for answer in [echo.file(value).await, echo.meta(value).await] {
                    wrong.unless(is_refused(&answer, "path"), value, &answer);
                }
            }
        }
    }
    wrong.finish();
    server.assert_untouched();
}

/// Not the value is judged but the segment it stands in.
#[tokio::test]
async fn the_whole_segment_decides() {
    let server = Server::silent_ok().await;
    let echo = EchoClient::at(server.url()).unwrap();

    echo.inside("..").await.unwrap();
    assert_eq!(server.take().line, "GET /foo..bar");
    echo.inside("").await.unwrap();
    assert_eq!(server.take().line, "GET /foobar");

    echo.hidden("git").await.unwrap();
    assert_eq!(server.take().line, "GET /hidden/.git");
    echo.hidden("..").await.unwrap();
    assert_eq!(server.take().line, "GET /hidden/...");
    assert_refused(&echo.hidden("").await, "name");
    assert_refused(&echo.hidden(".").await, "name");

    echo.two("", "a").await.unwrap();
    assert_eq!(server.take().line, "GET /two/a/end");
    for (one, two) in [("", ""), (".", ""), ("", ".."), (".", ".")] {
        let error = echo.two(one, two).await.unwrap_err();
        assert!(error.is_request(), "{error:?}");
        let text = error.to_string();
        assert!(text.contains("one") && text.contains("two"), "{text}");
    }

    echo.short("abc").await.unwrap();
    assert_eq!(server.take().line, "GET /short/a");
    assert_refused(&echo.short("..a").await, "x");

    server.assert_untouched();
}

#[tokio::test]
async fn operators_of_the_path() {
    let server = Server::silent_ok().await;
    let echo = EchoClient::at(server.url()).unwrap();

    echo.tree(&["a", "b c", "d/e"]).await.unwrap();
    assert_eq!(server.take().line, "GET /tree/a/b%20c/d%2Fe");
    echo.tree(&[]).await.unwrap();
    assert_eq!(server.take().line, "GET /tree");
    assert_refused(&echo.tree(&["a", "..", "b"]).await, "parts");
    assert_refused(&echo.tree(&["a", "", "b"]).await, "parts");
    assert_refused(&echo.tree(&[""]).await, "parts");

    echo.report(Some("json")).await.unwrap();
    assert_eq!(server.take().line, "GET /report.json");
    echo.report(None).await.unwrap();
    assert_eq!(server.take().line, "GET /report");

    echo.matrix("50%").await.unwrap();
    assert_eq!(server.take().line, "GET /matrix;x=50%25");
    echo.matrix("").await.unwrap();
    assert_eq!(server.take().line, "GET /matrix;x");

    server.assert_untouched();
}

/// `{+x:n}` keeps an escape whole, and counts it as one character.
#[tokio::test]
async fn prefixes_of_every_operator() {
    let server = Server::silent_ok().await;
    let echo = EchoClient::at(server.url()).unwrap();
    echo.cut("a/b/c/d", "éèê", "/zz").await.unwrap();
    assert_eq!(server.take().line, "GET /cut/a/b/c/%C3%A9%C3%A8/%2Fz;z=%2F");
    echo.cut("%41/%42/cd", "xyz", "q").await.unwrap();
    assert_eq!(server.take().line, "GET /cut/%41/%42/c/xy/q;z=q");
    assert_refused(&echo.cut("a", "..z", "q").await, "y");
    server.assert_untouched();
}
