//! How a base and a path become one: the 26 rows of Micronaut's table, and base URLs at run time.

use crate::support::Server;

type Answer = Result<(), feign::Error>;

/// A row: base, nested template, arguments, text.
macro_rules! row {
    ($rows:ident: $base:literal + $nested:literal ($($name:ident = $value:expr),*) => $text:literal) => {
        $rows.push((
            concat!($base, " + ", $nested),
            feign::__template!($base, $nested $(, $name = $value)*),
            $text,
        ));
    };
}

#[test]
fn the_rows_of_the_table() {
    let foo = &[("var", "foo")][..];
    let bar = &[("var2", "bar")][..];
    let none = None::<&[(&str, &str)]>;
    let mut rows = Vec::new();

    row!(rows: "/city" + "country/{name}" (name = "Fred") => "/city/country/Fred");
    row!(rows: "/city/" + "country/{name}" (name = "Fred") => "/city/country/Fred");
    row!(rows: "/city" + "/country/{name}" (name = "Fred") => "/city/country/Fred");
    row!(rows: "/city/" + "/country/{name}" (name = "Fred") => "/city/country/Fred");
    row!(rows: "/poetry" + "/{?max}" (max = "10") => "/poetry?max=10");
    row!(rows: "/poetry" + "{?max}" (max = "10") => "/poetry?max=10");
    row!(rows: "/" + "/hello/{name}" (name = "Fred") => "/hello/Fred");
    row!(rows: "" + "/hello/{name}" (name = "Fred") => "/hello/Fred");
    row!(rows: "/test/" + "/hello/{name}" (name = "Fred") => "/test/hello/Fred");
    row!(rows: "{var}" + "{var2}" (var = "foo", var2 = "bar") => "foo/bar");
    row!(rows: "{var}/" + "{var2}" (var = "foo", var2 = "bar") => "foo/bar");
    row!(rows: "{var}" + "/{var2}" (var = "foo", var2 = "bar") => "foo/bar");
    row!(rows: "/book{/id}" + "/author{/authorId}" (id = "foo", authorId = "bar") => "/book/foo/author/bar");
    row!(rows: "{var}{?q}" + "/{var2}" (var = "foo", q = "test", var2 = "bar") => "foo/bar?q=test");
    row!(rows: "{var}{?q}" + "{var2}" (var = "foo", q = "test", var2 = "bar") => "foo/bar?q=test");
    row!(rows: "{var}{#hash}" + "{var2}" (var = "foo", hash = "test", var2 = "bar") => "foo/bar#test");
    let req = &[("var", Some("foo")), ("var2", None)][..];
    row!(rows: "/" + "{?req*}" (req = req) => "/?var=foo");
    row!(rows: "/" + "{?keys*}{?keys2*}" (keys = foo, keys2 = none) => "/?var=foo");
    let (null, null2) = (&[("var", None::<&str>)][..], &[("var2", None::<&str>)][..]);
    row!(rows: "/" + "{?keys*}{?keys2*}" (keys = null, keys2 = null2) => "/");
    row!(rows: "/" + "{?keys*}{?keys2*}" (keys = foo, keys2 = null2) => "/?var=foo");
    row!(rows: "/" + "{?keys*}{?keys2*}" (keys = foo, keys2 = bar) => "/?var=foo&var2=bar");
    row!(rows: "/" + "{?keys*}{?keys2*}" (keys = none, keys2 = bar) => "/?var2=bar");
    row!(rows: "/" + "{?keys*}{&keys2*}" (keys = null, keys2 = null2) => "/");
    row!(rows: "/" + "{?keys*}{&keys2*}" (keys = foo, keys2 = none) => "/?var=foo");
    row!(rows: "/" + "{?keys*}{&keys2*}" (keys = foo, keys2 = bar) => "/?var=foo&var2=bar");
    // Micronaut gives `/&var2=bar` here, which is no query at all.
    row!(rows: "/" + "{?keys*}{&keys2*}" (keys = none, keys2 = bar) => "/?var2=bar");

    assert_eq!(rows.len(), 26);
    for (row, text, right) in rows {
        assert_eq!(text.unwrap_or_else(|error| panic!("{row}: {error}")), right, "{row}");
    }
}

#[feign::client(path = "/city")]
trait City {
    #[get("/country/{name}")]
    async fn country(&self, name: &str) -> Answer;
}

#[feign::client(path = "/city/")]
trait CitySlash {
    #[get("/country/{name}")]
    async fn country(&self, name: &str) -> Answer;
}

#[feign::client(path = "/poetry")]
trait Poetry {
    #[get("/{?max}")]
    async fn list(&self, max: u8) -> Answer;
    #[get]
    async fn all(&self) -> Answer;
}

#[feign::client(path = "/")]
trait Slash {
    #[get("/hello/{name}")]
    async fn hello(&self, name: &str) -> Answer;
    #[get("/{?keys*}{?keys2*}")]
    async fn two(&self, keys: Option<&[(&str, &str)]>, keys2: Option<&[(&str, &str)]>) -> Answer;
    #[get("/{?keys*}{&keys2*}")]
    async fn next(&self, keys: Option<&[(&str, &str)]>, keys2: Option<&[(&str, &str)]>) -> Answer;
    #[get("/{?req*}")]
    async fn nulls(&self, req: &[(&str, Option<&str>)]) -> Answer;
}

#[feign::client]
trait NoPath {
    #[get("/hello/{name}")]
    async fn hello(&self, name: &str) -> Answer;
}

#[feign::client(path = "/test/")]
trait TestSlash {
    #[get("/hello/{name}")]
    async fn hello(&self, name: &str) -> Answer;
}

#[feign::client(path = "/book{/id}", rename_all = "camelCase")]
trait Books {
    #[get("/author{/authorId}")]
    async fn author(&self, id: &str, author_id: &str) -> Answer;
}

#[feign::client(path = "/{var}{?q}")]
trait QueryInPath {
    #[get("/{var2}")]
    async fn nested(&self, var: &str, q: &str, var2: &str) -> Answer;
    #[get("/{var2}{?own}")]
    async fn with_own(&self, var: &str, q: &str, var2: &str, own: &str) -> Answer;
}

#[tokio::test]
async fn the_rows_that_a_method_may_declare() {
    let server = Server::silent_ok().await;
    let url = server.url();
    let foo = Some(&[("var", "foo")][..]);
    let bar = Some(&[("var2", "bar")][..]);

    CityClient::at(&url).unwrap().country("Fred").await.unwrap();
    CitySlashClient::at(&url).unwrap().country("Fred").await.unwrap();
    PoetryClient::at(&url).unwrap().list(10).await.unwrap();
    PoetryClient::at(&url).unwrap().all().await.unwrap();
    SlashClient::at(&url).unwrap().hello("Fred").await.unwrap();
    NoPathClient::at(&url).unwrap().hello("Fred").await.unwrap();
    TestSlashClient::at(&url).unwrap().hello("Fred").await.unwrap();
    BooksClient::at(&url).unwrap().author("foo", "bar").await.unwrap();
    let nested = QueryInPathClient::at(&url).unwrap();
    nested.nested("foo", "test", "bar").await.unwrap();
    nested.with_own("foo", "test", "bar", "o").await.unwrap();
    let slash = SlashClient::at(&url).unwrap();
    slash.nulls(&[("var", Some("foo")), ("var2", None)]).await.unwrap();
    for (keys, keys2) in [(None, None), (foo, None), (foo, bar), (None, bar)] {
        slash.two(keys, keys2).await.unwrap();
        slash.next(keys, keys2).await.unwrap();
    }

    let expected = [
        "GET /city/country/Fred",
        "GET /city/country/Fred",
        "GET /poetry?max=10",
        "GET /poetry",
        "GET /hello/Fred",
        "GET /hello/Fred",
        "GET /test/hello/Fred",
        "GET /book/foo/author/bar",
        "GET /foo/bar?q=test",
        "GET /foo/bar?own=o&q=test",
        "GET /?var=foo",
        "GET /",
        "GET /",
        "GET /?var=foo",
        "GET /?var=foo",
        "GET /?var=foo&var2=bar",
        "GET /?var=foo&var2=bar",
        "GET /?var2=bar",
        "GET /?var2=bar",
    ];
    assert_eq!(server.lines(), expected);
}

#[tokio::test]
async fn a_base_url_keeps_its_path_and_meets_the_template_with_one_slash() {
    let server = Server::silent_ok().await;
    for (base, line) in [
        ("", "GET /hello/Fred"),
        ("/", "GET /hello/Fred"),
        ("/base", "GET /base/hello/Fred"),
        ("/base/", "GET /base/hello/Fred"),
        ("/two/parts/", "GET /two/parts/hello/Fred"),
        ("/b%20ase", "GET /b%20ase/hello/Fred"),
    ] {
        let client = NoPathClient::at(format!("{}{base}", server.url())).unwrap();
        client.hello("Fred").await.unwrap();
        assert_eq!(server.take().line, line, "base {base:?}");
    }
}

#[tokio::test]
async fn a_base_url_meets_the_path_of_the_trait_and_the_root() {
    let server = Server::silent_ok().await;
    for (base, city, root) in [
        ("", "GET /city/country/Fred", "GET /?var=foo"),
        ("/", "GET /city/country/Fred", "GET /?var=foo"),
        ("/base", "GET /base/city/country/Fred", "GET /base/?var=foo"),
        ("/base/", "GET /base/city/country/Fred", "GET /base/?var=foo"),
    ] {
        let url = format!("{}{base}", server.url());
        CityClient::at(&url).unwrap().country("Fred").await.unwrap();
        assert_eq!(server.take().line, city, "base {base:?}");
        let keys = Some(&[("var", "foo")][..]);
        SlashClient::at(&url).unwrap().two(keys, None).await.unwrap();
        assert_eq!(server.take().line, root, "base {base:?}");
    }
}

/// Everything a base URL is refused for, with a word of the message that says which part it is.
const REFUSED: [(&str, &str); 9] = [
    ("http://h.example/base?x=1", "query"),
    ("http://h.example/base?", "query"),
    ("http://h.example/base#f", "fragment"),
    ("http://user:hunter2@h.example/", "basic_auth("),
    ("http://user@h.example/", "basic_auth("),
    ("ftp://h.example/", "http"),
    ("h.example/base", "http"),
    ("http://", "host"),
    ("http://h.example:99999/", "port"),
];

#[test]
fn a_base_url_that_cannot_be_kept_is_refused_by_at() {
    for (url, word) in REFUSED {
        let error = NoPathClient::at(url).unwrap_err().to_string();
        assert!(error.contains(word), "{url}: `{word}` is not in: {error}");
        assert!(!error.contains("hunter2"), "{url}: {error}");
    }
}

#[test]
fn a_base_url_that_cannot_be_kept_is_refused_by_the_hub() {
    for (url, word) in REFUSED {
        let built = feign::Hub::builder().service("inventory", |s| s.url(url)).build();
        let error = built.err().unwrap_or_else(|| panic!("{url} was taken")).to_string();
        assert!(error.contains(word), "{url}: `{word}` is not in: {error}");
        assert!(error.contains("inventory"), "{url}: which service? {error}");
        assert!(!error.contains("hunter2"), "{url}: {error}");
    }
}

#[test]
fn a_base_url_that_cannot_be_kept_is_refused_by_client_at() {
    let hub = feign::Hub::builder().build().unwrap();
    // Without `://` it is the name of a service, whose message is another.
    for (url, word) in REFUSED.into_iter().filter(|(url, _)| url.contains("://")) {
        let error = hub.client_at::<NoPathClient>(url).unwrap_err().to_string();
        assert!(error.contains(word), "{url}: `{word}` is not in: {error}");
        assert!(!error.contains("hunter2"), "{url}: {error}");
    }
}
