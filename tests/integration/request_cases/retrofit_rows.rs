//! Rows 36 to 52, from Retrofit's RequestFactoryTest.

use super::{Answer, Table};
use crate::support::Received;

#[feign::client]
trait Paths {
    #[get("/foo/bar/{ping}/")]
    async fn ping(&self, ping: &str) -> Answer;
    #[get("/foo/bar/{ping}/")]
    async fn with_kit(&self, ping: &str, #[query] kit: &str) -> Answer;
    #[get("/foo/bar/{+ping}/")]
    async fn encoded(&self, ping: &str) -> Answer;
    #[get("/foo{+ping}bar/")]
    async fn inside(&self, ping: &str) -> Answer;
}

pub(super) async fn paths(table: &mut Table) {
    let api = PathsClient::at(table.url()).unwrap();
    let plain = "/foo/bar/{ping}/";
    table.same(36, plain, api.ping("po ng"), "/foo/bar/po%20ng/").await;
    let query = "/foo/bar/{ping}/, #[query] kit";
    let call = api.with_kit("pong?", "kat?");
    table.same(37, query, call, "/foo/bar/pong%3F/?kit=kat%3F").await;
    table
        .ours(
            38,
            query,
            api.with_kit("pong&", "kat&"),
            "/foo/bar/pong%26/?kit=kat%26",
            "/foo/bar/pong&/?kit=kat%26",
            "everything but unreserved characters is encoded",
        )
        .await;
    let reserved = "/foo/bar/{+ping}/";
    let call = api.encoded("baz/pong/more");
    table.same(39, reserved, call, "/foo/bar/baz/pong/more/").await;
    let why = "a line break in a path is an attack or a mistake";
    let call = api.ping("baz/\r\nheader: blue");
    table.refused(40, plain, call, "/foo/bar/baz%2F%0D%0Aheader:%20blue/", why).await;
    let call = api.encoded("baz/\r\npong");
    let why = "a value is sent as it is or not at all";
    table.refused(41, reserved, call, "/foo/bar/baz/pong/", why).await;
    table.same(42, plain, api.ping("%2E"), "/foo/bar/%252E/").await;
    table.same(42, plain, api.ping("../a"), "/foo/bar/..%2Fa/").await;
    table.same(42, plain, api.ping("..\\.."), "/foo/bar/..%5C../").await;
    table.refused(42, plain, api.ping("."), "refused", "").await;
    table.refused(42, plain, api.ping(".."), "refused", "").await;
    table.same(43, "/foo{+ping}bar/", api.inside(".."), "/foo..bar/").await;
    table.does_not_compile(
        44,
        "/{ping}/{kit,kat}/",
        "path/variable_without_argument",
        "/pong/%7Bkit,kat%7D/",
        "RFC 6570 reads two variables, which have no arguments",
    );
}

#[feign::client]
trait Bodies {
    #[post("/")]
    async fn form(
        &self,
        #[form("foo")] first: &str,
        #[form] ping: Option<&str>,
        #[form] kit: Option<&str>,
    ) -> Answer;
    #[post("/")]
    async fn parts(&self, #[part] ping: &str, #[part] fizz: Option<&str>) -> Answer;
}

#[feign::client]
trait Queries {
    #[get("/foo/bar/")]
    async fn list(&self, #[query] key: &[Option<&str>]) -> Answer;
    #[get("/foo/bar/")]
    async fn names(&self, #[query] names: &[(&str, &str)]) -> Answer;
    #[get("/foo/bar/?hi=mom")]
    async fn fixed(&self, #[query] ping: &str) -> Answer;
    #[get]
    async fn link(&self, #[url] url: &str, #[query] hey: &str) -> Answer;
    #[post("/")]
    #[headers("content-type: text/not-plain")]
    async fn typed(&self, #[body] body: String) -> Answer;
}

pub(super) async fn queries_and_headers(table: &mut Table) {
    let api = QueriesClient::at(table.url()).unwrap();
    let list = [Some("1"), Some("2"), None, Some("three"), Some("1")];
    let call = api.list(&list);
    let line = "/foo/bar/?key=1&key=2&key=three&key=1";
    table.same(45, "#[query] key: &[Option<&str>]", call, line).await;
    table
        .ours(
            46,
            "#[query] names: &[(&str, &str)]",
            api.names(&[("1", ""), ("2", ""), ("three", ""), ("1", "")]),
            "/foo/bar/?1=&2=&three=&1=",
            "/foo/bar/?1&2&three&1",
            "an empty value is written in one way; a bare name is `?{name}`, as in case 24",
        )
        .await;
    let call = api.fixed("pong");
    table.same(47, "/foo/bar/?hi=mom, #[query] ping", call, "/foo/bar/?hi=mom&ping=pong").await;
    let call = api.link("foo/bar/", "hey!");
    table.same(48, "#[url] url, #[query] hey", call, "/foo/bar/?hey=hey%21").await;
    let bodies = BodiesClient::at(table.url()).unwrap();
    let text = |sent: &Received| sent.text().to_owned();
    let form = "#[form(\"foo\")] first, #[form] ping, #[form] kit";
    let call = bodies.form("bar", None, Some("kat"));
    table.shown(49, form, call, text, ("foo=bar&kit=kat", "foo=bar&kit=kat"), "").await;
    let names = |sent: &Received| {
        let parts = sent.text().split("name=\"").skip(1);
        parts.filter_map(|part| part.split('"').next()).collect::<Vec<_>>().join(", ")
    };
    let call = bodies.parts("pong", None);
    table.shown(50, "#[part] ping, #[part] fizz", call, names, ("ping", "ping"), "").await;
    table.does_not_compile(
        51,
        "#[headers(\"ping: pong\", \"kit: kat\", \"kit: -kat\")]",
        "header/duplicate",
        "three headers",
        "two values of one header in one list are a mistake; a list argument sends several",
    );
    let call = api.typed("text".to_owned());
    let show = |sent: &Received| sent.header("content-type").unwrap();
    let both = ("text/not-plain", "text/not-plain");
    table.shown(52, "#[headers(\"content-type: text/not-plain\")]", call, show, both, "").await;
}
