//! What stands beside the operations comes through: docs, lints, `cfg`, consts, defaults.

use feign::Error;

use crate::support::{Reply, Server};

/// Documented.
#[feign::client(service = "kept", name = HttpKept, rename_all = "camelCase")]
#[allow(dead_code, reason = "an attribute that is not ours")]
trait Kept {
    /// A const with a value, which the generated client has too.
    const PAGE: u32 = 20;

    /// Documented.
    #[get("/items{?pageSize}")]
    async fn items(&self, page_size: u32) -> Result<u32, Error>;

    #[deprecated = "use `items`"]
    #[get("/old")]
    async fn old(&self) -> Result<u32, Error>;

    #[must_use = "a call does nothing until it is awaited"]
    #[get("/needed")]
    async fn needed(&self) -> Result<u32, Error>;

    #[cfg(any())]
    #[get("/never")]
    async fn never(&self) -> Result<NoSuchType, Error>;

    #[cfg(not(any()))]
    #[get("/always")]
    async fn always(&self) -> Result<u32, Error>;

    /// Async, with a body.
    async fn two_pages(&self) -> Result<u32, Error> {
        Ok(self.items(Self::PAGE).await? + self.items(2 * Self::PAGE).await?)
    }

    /// Not async, without `self`.
    fn version() -> u32
    where
        Self: Sized,
    {
        3
    }

    fn page(&self) -> u32 {
        Self::PAGE
    }
}

#[tokio::test]
async fn everything_is_there() {
    let server = Server::always(Reply::ok_json("1")).await;
    let client = HttpKept::at(server.url()).unwrap();
    assert_eq!(client.two_pages().await.unwrap(), 2);
    assert_eq!(client.page(), 20);
    assert_eq!(<HttpKept as Kept>::PAGE, 20);
    assert_eq!(HttpKept::version(), 3);
    assert_eq!(client.needed().await.unwrap(), 1);
    assert_eq!(client.always().await.unwrap(), 1);
    #[expect(deprecated, reason = "the attribute came through")]
    let old = client.old();
    old.await.unwrap();
    let lines = [
        "GET /items?pageSize=20",
        "GET /items?pageSize=40",
        "GET /needed",
        "GET /always",
        "GET /old",
    ];
    assert_eq!(server.lines(), lines);
    assert_eq!(HttpKept::ITEMS.name(), "Kept.items");
    assert_eq!(HttpKept::OLD.template(), "/old");
}

/// A default may be overridden, also behind a pointer.
#[tokio::test]
async fn a_fake_overrides_a_default() {
    struct Fake;

    impl Kept for Fake {
        const PAGE: u32 = 5;

        async fn items(&self, page_size: u32) -> Result<u32, Error> {
            Ok(page_size)
        }

        async fn old(&self) -> Result<u32, Error> {
            Ok(0)
        }

        async fn needed(&self) -> Result<u32, Error> {
            Ok(0)
        }

        async fn always(&self) -> Result<u32, Error> {
            Ok(0)
        }

        fn page(&self) -> u32 {
            6
        }
    }

    async fn generic<K: Kept>(kept: K) -> (u32, u32, u32) {
        (kept.two_pages().await.unwrap(), kept.page(), K::PAGE)
    }

    assert_eq!(generic(Fake).await, (15, 6, 5));
    assert_eq!(generic(&Fake).await, (15, 6, 5));
    assert_eq!(generic(std::sync::Arc::new(Fake)).await, (15, 6, 5));
}
