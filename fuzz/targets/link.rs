//! Any text as a link that an answer gave: it stays at its origin and means there what it says, or it
//! is refused.
#![no_main]

use feign::{Body, Error, Hub, Request};
use feign_fuzz::{run, unescaped};
use libfuzzer_sys::fuzz_target;
use url::Url;

#[feign::client(service = "pages")]
trait Pages {
    #[get]
    async fn follow(&self, #[url] next: &str) -> Result<Request<Body>, Error>;
    #[get]
    async fn more(&self, #[url] next: &str, #[query] page: &str) -> Result<Request<Body>, Error>;
}

fuzz_target!(|link: &str| run(async {
    let base = "https://h.example:8443/base";
    let hub = Hub::builder()
        .service("pages", |service| service.url(base))
        .allow_origin("http://friend.example")
        .transport(tower::service_fn(|_| async { Err::<http::Response<Body>, _>("never sent") }))
        .build()
        .expect("a hub");
    let client: PagesClient = hub.client();
    let (followed, more) = (client.follow(link).await, client.more(link, "a&b").await);
    assert_eq!(followed.is_ok(), more.is_ok(), "{link:?}");
    match (followed, more) {
        (Ok(followed), Ok(more)) => {
            let followed = arrives_at(link, &followed);
            let more = arrives_at(link, &more);
            assert_eq!(followed.path(), more.path());
            let added = more.query().and_then(|query| query.strip_suffix("page=a%26b"));
            assert!(added.is_some(), "{link:?}: {more}");
        }
        (Err(error), _) => {
            assert!(error.is_request(), "{link:?}: {error:?}");
            assert!(!error.to_string().chars().any(char::is_control), "{error}");
        }
        (Ok(_), Err(error)) => panic!("{link:?}: {error:?}"),
    }
}));

/// What the parser of everybody else (WHATWG) makes of it: the same place, no user, nothing folded.
fn arrives_at(link: &str, request: &Request<Body>) -> Url {
    let sent = request.uri().to_string();
    let read = Url::parse(&sent).unwrap_or_else(|error| panic!("{link:?}: {sent:?}: {error}"));
    let origin = (read.scheme(), read.host_str(), read.port());
    let allowed =
        [("https", Some("h.example"), Some(8443)), ("http", Some("friend.example"), None)];
    assert!(allowed.contains(&origin), "{link:?} leads to {sent:?}");
    assert!(read.username().is_empty() && read.password().is_none(), "{link:?}: {sent:?}");
    // Characters may be escaped on the way, segments not taken away.
    assert_eq!(unescaped(read.path()), unescaped(request.uri().path()), "{link:?} is folded");
    assert_eq!(read.fragment(), None);
    read
}
