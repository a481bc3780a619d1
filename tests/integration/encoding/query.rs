//! Values in the query: `rust-peers.md` 1.3.

use super::Want::{Refused, Sent};
use super::{Answer, assert_refused};
use crate::support::Server;

#[feign::client]
trait Find {
    #[get("/find{?q}")]
    async fn template(&self, q: &str) -> Answer;
    #[get("/find")]
    async fn marked(&self, #[query] q: &str) -> Answer;
    #[get("/find?fixed=1&flag{&q}")]
    async fn next(&self, q: &str) -> Answer;
    #[get("/find?q={q}")]
    async fn by_hand(&self, q: &str) -> Answer;
    #[get("/find?ref={+link}")]
    async fn reserved(&self, link: &str) -> Answer;
    #[get("/find{?q:3}{&link:2}")]
    async fn prefixes(&self, q: &str, link: &str) -> Answer;
    #[get("/find{?tags}")]
    async fn joined(&self, tags: &[&str]) -> Answer;
    #[get("/find{?tags*}")]
    async fn repeated(&self, tags: &[&str]) -> Answer;
    #[get("/find")]
    async fn named(
        &self,
        #[query("a b&c")] blank: u8,
        #[query("values[]")] brackets: u8,
        #[query("$c")] dollar: u8,
        #[query("RegionName.1")] dotted: u8,
    ) -> Answer;
}

#[tokio::test]
async fn a_value_is_one_value() {
    let server = Server::silent_ok().await;
    let find = FindClient::at(server.url()).unwrap();
    for (value, want) in [
        ("a&b=c+d", Sent("a%26b%3Dc%2Bd")),
        ("a b", Sent("a%20b")),
        ("#", Sent("%23")),
        ("?", Sent("%3F")),
        ("é", Sent("%C3%A9")),
        ("100%25", Sent("100%2525")),
        ("a,b", Sent("a%2Cb")),
        ("..", Sent("..")),
        (".", Sent(".")),
        ("", Sent("")),
        ("{q}", Sent("%7Bq%7D")),
        ("\"'<>", Sent("%22%27%3C%3E")),
        ("😀", Sent("%F0%9F%98%80")),
        ("a\rb", Refused),
        ("a\nb", Refused),
        ("a\0b", Refused),
    ] {
        match want {
            Sent(text) => {
                find.template(value).await.unwrap();
                assert_eq!(server.take().line, format!("GET /find?q={text}"), "{value:?}");
                find.marked(value).await.unwrap();
                assert_eq!(server.take().line, format!("GET /find?q={text}"), "{value:?}");
                find.by_hand(value).await.unwrap();
                assert_eq!(server.take().line, format!("GET /find?q={text}"), "{value:?}");
                find.next(value).await.unwrap();
                let line = format!("GET /find?fixed=1&flag&q={text}");
                assert_eq!(server.take().line, line, "{value:?}");
            }
            Refused => {
                assert_refused(&find.template(value).await, "q");
                assert_refused(&find.marked(value).await, "q");
                assert_refused(&find.by_hand(value).await, "q");
                assert_refused(&find.next(value).await, "q");
                server.assert_untouched();
            }
        }
    }
}

#[tokio::test]
async fn every_ascii_character() {
    let server = Server::silent_ok().await;
    let find = FindClient::at(server.url()).unwrap();
    for byte in 0..=0x7f_u8 {
        let value = format!("a{}z", char::from(byte));
        if matches!(byte, b'\r' | b'\n' | 0) {
            assert_refused(&find.marked(&value).await, "q");
            continue;
        }
        find.marked(&value).await.unwrap();
        let unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let text = if unreserved { char::from(byte).to_string() } else { format!("%{byte:02X}") };
        assert_eq!(server.take().line, format!("GET /find?q=a{text}z"), "{byte:#04x}");
    }
}

#[tokio::test]
async fn a_list_is_taken_apart_where_it_was_put_together() {
    let server = Server::silent_ok().await;
    let find = FindClient::at(server.url()).unwrap();
    for (tags, joined, repeated) in [
        (&["a", "b"][..], "GET /find?tags=a,b", "GET /find?tags=a&tags=b"),
        (&["a,b", "c&d"], "GET /find?tags=a%2Cb,c%26d", "GET /find?tags=a%2Cb&tags=c%26d"),
        (&[""], "GET /find?tags=", "GET /find?tags="),
        (&["", "x"], "GET /find?tags=,x", "GET /find?tags=&tags=x"),
        (&[], "GET /find", "GET /find"),
    ] {
        find.joined(tags).await.unwrap();
        assert_eq!(server.take().line, joined, "{tags:?}");
        find.repeated(tags).await.unwrap();
        assert_eq!(server.take().line, repeated, "{tags:?}");
    }
    assert_refused(&find.joined(&["a", "b\n"]).await, "tags");
    assert_refused(&find.repeated(&["a", "b\0"]).await, "tags");
    server.assert_untouched();
}

#[tokio::test]
async fn names_are_encoded_too() {
    let server = Server::silent_ok().await;
    FindClient::at(server.url()).unwrap().named(1, 2, 3, 4).await.unwrap();
    assert_eq!(server.line(), "GET /find?a%20b%26c=1&values%5B%5D=2&%24c=3&RegionName.1=4");
}

/// `{+x}` keeps what is reserved and what is escaped, but nothing may end the query.
#[tokio::test]
async fn a_reserved_value_stays_in_the_query() {
    let server = Server::silent_ok().await;
    let find = FindClient::at(server.url()).unwrap();
    for (value, text) in [
        ("/foo/bar", "/foo/bar"),
        ("a:b@c;d,e", "a:b@c;d,e"),
        ("a#b", "a%23b"),
        ("a b%20c", "a%20b%20c"),
        ("50%", "50%25"),
        ("é", "%C3%A9"),
    ] {
        find.reserved(value).await.unwrap();
        assert_eq!(server.take().line, format!("GET /find?ref={text}"), "{value:?}");
    }
    assert_refused(&find.reserved("a\nb").await, "link");
    server.assert_untouched();
}

/// `:n` counts characters before they are escaped, and judges what is left.
#[tokio::test]
async fn a_prefix_is_cut_before_it_is_escaped() {
    let server = Server::silent_ok().await;
    let find = FindClient::at(server.url()).unwrap();
    for (q, link, line) in [
        ("abcdef", "xyz", "GET /find?q=abc&link=xy"),
        ("é&b😀", "😀", "GET /find?q=%C3%A9%26b&link=%F0%9F%98%80"),
        ("%41%42", "", "GET /find?q=%2541&link="),
        ("", "=", "GET /find?q=&link=%3D"),
    ] {
        find.prefixes(q, link).await.unwrap();
        assert_eq!(server.take().line, line);
    }
}
