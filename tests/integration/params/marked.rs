//! `display`, `serde`, `with = path`, by argument and by trait.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::Serialize;

use super::Answer;
use crate::support::Server;

struct Celsius(i32);

impl fmt::Display for Celsius {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} °C", self.0)
    }
}

struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("half")?;
        Err(fmt::Error)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Color {
    DarkRed,
}

#[derive(Serialize)]
struct Point {
    x: i32,
    y: Option<i32>,
}

mod to_text {
    use std::time::Duration;

    pub(super) fn millis(duration: &Duration) -> String {
        format!("{}ms", duration.as_millis())
    }

    pub(super) fn seconds(duration: &Duration) -> u64 {
        duration.as_secs()
    }
}

#[feign::client]
trait Marked {
    #[get("/{t}{?u}")]
    async fn display(
        &self,
        #[path(display)] t: &Celsius,
        #[query(display)] u: Celsius,
        #[query(display)] v: &Celsius,
        #[cookie(display)] c: u8,
    ) -> Answer;
    #[get("/{color}")]
    async fn serde(
        &self,
        #[path(serde)] color: &Color,
        #[query(serde)] other: Color,
        #[header("x-color", serde)] header: &Color,
    ) -> Answer;
    #[get("/{wait}")]
    async fn by_function(
        &self,
        #[path(with = to_text::millis)] wait: Duration,
        #[query(with = to_text::seconds)] pause: &Duration,
        #[header("x-wait", with = to_text::millis)] header: Duration,
    ) -> Answer;
    #[get("/")]
    async fn many(
        &self,
        #[query(display)] list: &[Celsius],
        #[query(display)] none: Option<Celsius>,
        #[query(serde)] colors: &[Color],
        #[query(serde)] no_color: Option<&Color>,
    ) -> Answer;
    #[get("/")]
    async fn object(&self, #[query(serde, style = deep_object)] point: &Point) -> Answer;
    #[get("/{t}")]
    async fn broken(&self, #[path(display)] t: &Broken) -> Answer;
    #[get("/{point}")]
    async fn no_text(&self, #[path(serde)] point: &Point) -> Answer;
    #[get("/")]
    async fn nested(&self, #[query(serde)] map: &BTreeMap<&str, Vec<u8>>) -> Answer;
}

async fn client() -> (Server, MarkedClient) {
    let server = Server::silent_ok().await;
    let client = MarkedClient::at(server.url()).unwrap();
    (server, client)
}

#[tokio::test]
async fn display_is_escaped_like_any_text() {
    let (server, client) = client().await;
    client.display(&Celsius(-3), Celsius(4), &Celsius(5), 6).await.unwrap();
    let sent = server.only();
    assert_eq!(sent.line, "GET /-3%20%C2%B0C?u=4%20%C2%B0C&v=5%20%C2%B0C");
    assert_eq!(sent.header("cookie").as_deref(), Some("c=6"));
}

#[tokio::test]
async fn serde_gives_the_text_that_a_body_would_have() {
    let (server, client) = client().await;
    client.serde(&Color::DarkRed, Color::DarkRed, &Color::DarkRed).await.unwrap();
    let sent = server.only();
    assert_eq!(sent.line, "GET /dark_red?other=dark_red");
    assert_eq!(sent.header("x-color").as_deref(), Some("dark_red"));
}

#[tokio::test]
async fn a_function_gives_the_text() {
    let (server, client) = client().await;
    let wait = Duration::from_millis(1500);
    client.by_function(wait, &wait, wait).await.unwrap();
    let sent = server.only();
    assert_eq!(sent.line, "GET /1500ms?pause=1");
    assert_eq!(sent.header("x-wait").as_deref(), Some("1500ms"));
}

#[tokio::test]
async fn lists_stay_lists_and_none_stays_absent() {
    let (server, client) = client().await;
    client.many(&[Celsius(1), Celsius(2)], None, &[Color::DarkRed], None).await.unwrap();
    assert_eq!(server.take().line, "GET /?list=1%20%C2%B0C&list=2%20%C2%B0C&colors=dark_red");
    client.many(&[], Some(Celsius(3)), &[], Some(&Color::DarkRed)).await.unwrap();
    assert_eq!(server.take().line, "GET /?none=3%20%C2%B0C&no_color=dark_red");
}

#[tokio::test]
async fn a_struct_is_an_object() {
    let (server, client) = client().await;
    client.object(&Point { x: 1, y: Some(2) }).await.unwrap();
    assert_eq!(server.take().line, "GET /?point%5Bx%5D=1&point%5By%5D=2");
    client.object(&Point { x: 1, y: None }).await.unwrap();
    assert_eq!(server.take().line, "GET /?point%5Bx%5D=1");
}

#[tokio::test]
async fn what_has_no_text_is_refused() {
    let (server, client) = client().await;
    let point = Point { x: 1, y: None };
    let map = BTreeMap::from([("a", vec![1])]);
    for (answer, argument) in [
        (client.broken(&Broken).await, "`t`"),
        (client.no_text(&point).await, "`point`"),
        (client.nested(&map).await, "`map`"),
    ] {
        let error = answer.unwrap_err();
        assert!(error.is_request(), "{error:?}");
        assert!(error.to_string().contains(argument), "{argument}: {error}");
    }
    server.assert_untouched();
}

/// `params =` of the trait says it for all, where nothing nearer does.
#[tokio::test]
async fn the_trait_says_it_for_all() {
    #[feign::client(params = display)]
    trait ByDisplay {
        #[get("/{t}{?u}")]
        async fn all(&self, t: &Celsius, u: Option<Celsius>, #[header] x: u8) -> Answer;
        #[get("/")]
        async fn nearer(&self, #[query(serde)] color: &Color) -> Answer;
    }
    #[feign::client(params = serde)]
    trait BySerde {
        #[get("/{color}{?list*}")]
        async fn all(
            &self,
            color: &Color,
            list: &[Color],
            #[query] other: Option<&Color>,
        ) -> Answer;
        #[get("/")]
        async fn nearer(&self, #[query(display)] t: &Celsius) -> Answer;
    }
    let server = Server::silent_ok().await;
    let by_display = ByDisplayClient::at(server.url()).unwrap();
    by_display.all(&Celsius(1), None, 2).await.unwrap();
    let sent = server.take();
    assert_eq!(sent.line, "GET /1%20%C2%B0C");
    assert_eq!(sent.header("x").as_deref(), Some("2"));
    by_display.nearer(&Color::DarkRed).await.unwrap();
    assert_eq!(server.take().line, "GET /?color=dark_red");
    let by_serde = BySerdeClient::at(server.url()).unwrap();
    by_serde.all(&Color::DarkRed, &[Color::DarkRed], None).await.unwrap();
    assert_eq!(server.take().line, "GET /dark_red?list=dark_red");
    by_serde.nearer(&Celsius(1)).await.unwrap();
    assert_eq!(server.take().line, "GET /?t=1%20%C2%B0C");
}

/// A `Param` written by hand needs no mark.
#[tokio::test]
async fn a_param_by_hand() {
    struct Bounds(u32, u32);

    impl feign::param::Param for Bounds {
        fn text(&self, out: &mut feign::param::Text<'_>) {
            out.push_display(format_args!("{}..{}", self.0, self.1));
        }
    }

    #[feign::client]
    trait Ranges {
        #[get("/{bounds}")]
        async fn by(&self, bounds: &Bounds) -> Answer;
    }
    let server = Server::silent_ok().await;
    RangesClient::at(server.url()).unwrap().by(&Bounds(1, 2)).await.unwrap();
    assert_eq!(server.line(), "GET /1..2");
}
