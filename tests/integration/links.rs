//! `#[url]`: a link from an answer, followed to the same origin or service and nowhere else.

use feign::Hub;

use crate::support::{Reply, Server, Wrong};

type Answer = Result<(), feign::Error>;

#[feign::client(service = "pages", path = "/api")]
#[headers("authorization: Bearer secret")]
trait Pages {
    #[get]
    async fn follow(&self, #[url] next: &str) -> Answer;
    #[get]
    async fn owned(&self, #[url] next: String) -> Answer;
    #[get]
    async fn uri(&self, #[url] next: &http::Uri) -> Answer;
    #[get]
    async fn more(
        &self,
        #[url] next: &str,
        #[query] page: u32,
        #[query] of: Option<&str>,
    ) -> Answer;
    #[delete]
    async fn remove(&self, #[url] link: &str) -> Answer;
}

async fn pages() -> (Server, PagesClient) {
    let server = Server::silent_ok().await;
    let url = server.url();
    let hub = Hub::builder().service("pages", |service| service.url(format!("{url}/base")));
    let client = hub.build().unwrap().client();
    (server, client)
}

/// The trait's path belongs to templates; a link stands for itself.
#[tokio::test]
async fn a_link_of_the_same_origin_is_followed_as_it_is() {
    let (server, client) = pages().await;
    let origin = server.url();
    let port = server.address().port();
    for (link, line) in [
        ("/next".to_owned(), "GET /next"),
        ("/next?page=2&q=a%20b".to_owned(), "GET /next?page=2&q=a%20b"),
        ("/next/".to_owned(), "GET /next/"),
        ("/".to_owned(), "GET /"),
        (format!("{origin}/next?page=2"), "GET /next?page=2"),
        (format!("{origin}/"), "GET /"),
        (origin.clone(), "GET /"),
        (format!("HTTP://127.0.0.1:{port}/next"), "GET /next"),
        // What is escaped stays escaped, and nothing is escaped twice.
        ("/a%2Fb/%C3%A9?c=%26".to_owned(), "GET /a%2Fb/%C3%A9?c=%26"),
        ("/a;b=c,d@e:f".to_owned(), "GET /a;b=c,d@e:f"),
        // A fragment is the reader's own.
        ("/next#here".to_owned(), "GET /next"),
        (format!("{origin}/next?a=1#here"), "GET /next?a=1"),
        // Relative to the base URL.
        ("next".to_owned(), "GET /base/next"),
        ("next/2?a=1".to_owned(), "GET /base/next/2?a=1"),
        // The service as such.
        ("http://pages/next".to_owned(), "GET /next"),
    ] {
        client.follow(&link).await.unwrap_or_else(|error| panic!("{link}: {error}"));
        assert_eq!(server.take().line, line, "{link}");
    }
}

#[tokio::test]
async fn every_kind_of_link_and_verb() {
    let (server, client) = pages().await;
    client.owned("/a".to_owned()).await.unwrap();
    assert_eq!(server.take().line, "GET /a");
    client.uri(&"/b?c=d".parse().unwrap()).await.unwrap();
    assert_eq!(server.take().line, "GET /b?c=d");
    client.remove("/c").await.unwrap();
    assert_eq!(server.take().line, "DELETE /c");
}

#[tokio::test]
async fn arguments_are_added_to_the_query_of_a_link() {
    let mut wrong = Wrong::default();
    let (server, client) = pages().await;
    for (link, line) in [
        ("/next", "GET /next?page=2&of=a%26b"),
        ("/next?a=1", "GET /next?a=1&page=2&of=a%26b"),
        ("/next?a=1#f", "GET /next?a=1&page=2&of=a%26b"),
        ("/next?", "GET /next?page=2&of=a%26b"),
    ] {
        client.more(link, 2, Some("a&b")).await.unwrap();
        wrong.unless_same(link, &server.take().line, line);
    }
    wrong.finish();
}

#[tokio::test]
async fn another_origin_is_refused() {
    let mut wrong = Wrong::default();
    let (server, client) = pages().await;
    let other = Server::silent_ok().await;
    let port = server.address().port();
    let other_port = other.url();
    for link in [
        &*format!("{other_port}/next"),
        // Another scheme, another host, another port: another origin.
        &format!("https://127.0.0.1:{port}/next"),
        &format!("http://localhost:{port}/next"),
        "http://127.0.0.1/next",
        "http://evil.example/next",
        // What some read as a host.
        "//evil.example/next",
        "/\\evil.example/next",
        "\\\\evil.example/next",
        &format!("http://127.0.0.1:{port}@evil.example/next"),
        &format!("http://127.0.0.1:{port}.evil.example/next"),
        &format!("http://user:hunter2@127.0.0.1:{port}/next"),
        "http://pages.evil.example/next",
        "ftp://pages/next",
        "javascript:alert(1)",
        "mailto:a@b.example",
        "data:text/plain,x",
    ] {
        let answer = client.follow(link).await;
        let right = answer.as_ref().is_err_and(|error| {
            let text = error.to_string();
            error.is_request()
                && !error.is_retryable()
                && text.contains("`next`")
                && !text.contains("hunter2")
        });
        wrong.unless(right, link, &answer);
    }
    wrong.finish();
    server.assert_untouched();
    other.assert_untouched();
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn the_refusal_names_the_repair() {
    let (_server, client) = pages().await;
    let error = client.follow("http://other.example:8080/next?token=hunter2").await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("allow_origin(\"http://other.example:8080\")"), "{text}");
    assert!(!text.contains("hunter2"), "{text}");
}

#[tokio::test]
async fn what_would_reach_another_resource_is_refused() {
    let (server, client) = pages().await;
    for link in ["/a/../b", "/..", "../a", "./a", "/a/%2e%2E/b", "/a b", "/a\r\nb", "/a\0", "a//b"]
    {
        let error = client.follow(link).await.expect_err(link);
        assert!(error.is_request(), "{link:?}: {error:?}");
    }
    server.assert_untouched();
}

#[tokio::test]
async fn an_allowed_origin_is_reached() {
    let server = Server::silent_ok().await;
    let other = Server::silent_ok().await;
    let url = server.url();
    let hub = Hub::builder().allow_origin(other.url()).service("pages", |s| s.url(url));
    let client: PagesClient = hub.build().unwrap().client();
    client.follow(&format!("{}/next?a=1", other.url())).await.unwrap();
    let sent = other.only();
    assert_eq!(sent.line, "GET /next?a=1");
    assert_eq!(sent.header("host"), Some(other.address().to_string()));
    assert_eq!(sent.header("authorization").as_deref(), Some("Bearer secret"));
    server.assert_untouched();
    let error = client.follow("http://third.example/").await.unwrap_err();
    assert!(error.is_request(), "{error:?}");
}

#[test]
fn an_origin_that_is_none_is_refused() {
    for origin in ["other", "http://", "http://u:hunter2@h.example", "http://h.example?x", "*"] {
        let error = Hub::builder().allow_origin(origin).build().unwrap_err().to_string();
        assert!(!error.contains("hunter2"), "{error}");
    }
}

/// A link of one endpoint goes to that endpoint, whose turn it is or not.
#[tokio::test]
async fn a_link_to_one_endpoint_of_a_service() {
    let one = Server::silent_ok().await;
    let two = Server::silent_ok().await;
    let hub = Hub::builder().service("pages", |s| s.url(one.url()).url(two.url()));
    let client: PagesClient = hub.build().unwrap().client();
    for _ in 0..3 {
        client.follow(&format!("{}/two", two.url())).await.unwrap();
    }
    one.assert_untouched();
    assert_eq!(two.lines(), ["GET /two"; 3]);
    // Without a host it is the service's, in turn.
    client.follow("/any").await.unwrap();
    client.follow("/any").await.unwrap();
    assert_eq!((one.received().len(), two.received().len()), (1, 4));
}

#[tokio::test]
async fn a_link_that_an_answer_gave() {
    #[derive(serde::Deserialize)]
    struct Page {
        next: Option<String>,
    }
    #[feign::client(path = "/items")]
    trait Items {
        #[get]
        async fn first(&self) -> Result<Page, feign::Error>;
        #[get]
        async fn follow(&self, #[url] next: &str) -> Result<Page, feign::Error>;
    }
    let server = Server::script([
        Reply::ok_json(r#"{"next":"/items?cursor=a%2Fb"}"#),
        Reply::ok_json(r#"{"next":null}"#),
    ])
    .await;
    let client = ItemsClient::at(server.url()).unwrap();
    let mut page = client.first().await.unwrap();
    while let Some(next) = page.next {
        page = client.follow(&next).await.unwrap();
    }
    assert_eq!(server.lines(), ["GET /items", "GET /items?cursor=a%2Fb"]);
    // A link has no template; what labels its calls is not nothing.
    assert_eq!(ItemsClient::FOLLOW.template(), "{+next}");
}
