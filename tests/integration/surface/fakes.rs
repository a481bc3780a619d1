//! Fakes by hand: whole, partial, and behind every pointer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use feign::{Error, StatusCode};

use super::{Stock, StockClient, take};
use crate::support::{Reply, Server};

/// A whole fake, with the `async fn` of the trait as it was written.
#[derive(Default)]
struct Shelf {
    reserved: AtomicU32,
}

impl Stock for Shelf {
    async fn level(&self, sku: &str) -> Result<Option<u32>, Error> {
        Ok((sku == "A-1").then(|| 3 - self.reserved.load(Ordering::SeqCst)))
    }

    async fn reserve(&self, _: &str, count: u32) -> Result<(), Error> {
        self.reserved.fetch_add(count, Ordering::SeqCst);
        Ok(())
    }
}

#[tokio::test]
async fn a_fake_by_hand() {
    let shelf = Shelf::default();
    assert!(take(&shelf, "A-1", 2).await.unwrap());
    assert!(!take(&shelf, "A-1", 2).await.unwrap(), "one is left");
    assert!(!take(&shelf, "B-2", 1).await.unwrap());
}

/// The same code with the real client.
#[tokio::test]
async fn the_real_one() {
    let server =
        Server::script([Reply::ok_json("3"), Reply::status(201), Reply::status(404)]).await;
    let client = StockClient::at(server.url()).unwrap();
    assert!(take(&client, "A-1", 2).await.unwrap());
    assert!(!take(&client, "B-2", 1).await.unwrap());
    let lines = ["GET /stock/A-1", "POST /stock/A-1/reservations?count=2", "GET /stock/B-2"];
    assert_eq!(server.lines(), lines);
}

/// Errors can be made, so that a fake fails like the real thing.
#[tokio::test]
async fn a_fake_that_fails() {
    struct Down;

    impl Stock for Down {
        async fn level(&self, _: &str) -> Result<Option<u32>, Error> {
            Err(Error::timeout())
        }

        async fn reserve(&self, _: &str, _: u32) -> Result<(), Error> {
            Err(Error::from_status(StatusCode::CONFLICT).with_body("{}"))
        }
    }

    assert!(take(&Down, "A-1", 1).await.unwrap_err().is_timeout());
    assert_eq!(Down.reserve("A-1", 1).await.unwrap_err().status(), Some(StatusCode::CONFLICT));
}

async fn by_value<S: Stock>(stock: S) -> bool {
    take(&stock, "A-1", 1).await.unwrap()
}

#[tokio::test]
async fn every_pointer_is_a_client_too() {
    let shelf = Shelf::default();
    assert!(by_value(&shelf).await);
    assert!(by_value(&&shelf).await);
    assert!(by_value(Box::new(Shelf::default())).await);
    let shared = Arc::new(Shelf::default());
    assert!(by_value(Arc::clone(&shared)).await);
    assert!(by_value(&shared).await);
    assert!(by_value(Box::new(Arc::clone(&shared))).await);
    assert_eq!(shared.reserved.load(Ordering::SeqCst), 3);
}

#[feign::client(partial)]
trait Wide {
    #[get("/one")]
    async fn one(&self) -> Result<u32, Error>;
    #[get("/two/{id}")]
    async fn two(&self, id: u32) -> Result<Option<String>, WideError>;
    /// Has a body of its own, which stays.
    async fn sum(&self) -> Result<u32, Error> {
        Ok(self.one().await? + 1)
    }
}

#[derive(Debug)]
struct WideError(Error);

impl From<Error> for WideError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

/// A partial fake implements what it uses; what it does not says so.
#[tokio::test]
async fn a_partial_fake() {
    struct Partial;

    impl Wide for Partial {
        async fn one(&self) -> Result<u32, Error> {
            Ok(1)
        }
    }

    assert_eq!(Partial.one().await.unwrap(), 1);
    assert_eq!(Partial.sum().await.unwrap(), 2);
    let WideError(error) = Partial.two(7).await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("unexpected call") && text.contains("Wide.two"), "{text}");
    assert!(!error.is_retryable() && !error.is_status() && !error.is_timeout(), "{error:?}");
    assert!(Arc::new(Partial).two(7).await.is_err());
}

#[tokio::test]
async fn a_partial_trait_has_a_real_client() {
    let server =
        Server::script([Reply::ok_json("1"), Reply::text("two"), Reply::ok_json("5")]).await;
    let client = WideClient::at(server.url()).unwrap();
    assert_eq!(client.one().await.unwrap(), 1);
    assert_eq!(client.two(7).await.unwrap().as_deref(), Some("two"));
    assert_eq!(client.sum().await.unwrap(), 6);
    assert_eq!(server.lines(), ["GET /one", "GET /two/7", "GET /one"]);
}
