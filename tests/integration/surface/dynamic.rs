//! `#[client(dyn)]`: a twin that can be a trait object, and is a client again.

use std::sync::Arc;

use feign::Error;

use crate::support::{Reply, Server};

#[feign::client(service = "stock", dyn)]
trait Items {
    #[get("/items/{sku}{?tags*}")]
    async fn item(&self, sku: &str, tags: &[String]) -> Result<Option<String>, Error>;
    #[get("/both/{one}/{two}")]
    #[allow(clippy::needless_lifetimes, reason = "a lifetime with a name is the point")]
    async fn both<'a>(&self, one: &'a str, two: &str) -> Result<String, Error>;
    /// Not `async`, with a body.
    fn shelf(&self) -> u32 {
        7
    }
    async fn or_default(&self, sku: &str) -> Result<String, Error> {
        Ok(self.item(sku, &[]).await?.unwrap_or_default())
    }
}

struct Fake;

#[allow(clippy::needless_lifetimes, reason = "as in the trait")]
impl Items for Fake {
    async fn item(&self, sku: &str, tags: &[String]) -> Result<Option<String>, Error> {
        Ok(Some(format!("{sku} {}", tags.len())))
    }

    async fn both<'a>(&self, one: &'a str, two: &str) -> Result<String, Error> {
        Ok(format!("{one}{two}"))
    }

    fn shelf(&self) -> u32 {
        8
    }
}

async fn generic<I: Items>(items: I) -> String {
    items.item("a", &["t".to_owned()]).await.unwrap().unwrap()
}

#[tokio::test]
async fn objects_of_every_kind_are_clients() {
    let server = Server::always(Reply::text("real")).await;
    let real = ItemsClient::at(server.url()).unwrap();
    let all: Vec<Arc<dyn DynItems>> = vec![Arc::new(real.clone()), Arc::new(Fake)];
    for (items, expected) in all.iter().zip(["real", "a 1"]) {
        assert_eq!(items.item("a", &["t".to_owned()]).await.unwrap().as_deref(), Some(expected));
        assert_eq!(generic(Arc::clone(items)).await, expected);
        assert_eq!(generic(items).await, expected);
    }
    let boxed: Box<dyn DynItems> = Box::new(Fake);
    assert_eq!(generic(&*boxed).await, "a 1");
    assert_eq!(boxed.both("x", "y").await.unwrap(), "xy");
    assert_eq!(generic(boxed).await, "a 1");
    assert_eq!(server.lines(), ["GET /items/a?tags=t"; 3]);
}

/// Overridden defaults reach through the object.
#[tokio::test]
async fn defaults_are_kept() {
    let server = Server::always(Reply::text("real")).await;
    let real: Arc<dyn DynItems> = Arc::new(ItemsClient::at(server.url()).unwrap());
    let fake: Arc<dyn DynItems> = Arc::new(Fake);
    assert_eq!((real.shelf(), fake.shelf()), (7, 8));
    assert_eq!(real.or_default("a").await.unwrap(), "real");
    assert_eq!(fake.or_default("a").await.unwrap(), "a 0");
}

/// The twin changes nothing for whoever has the plain client.
#[tokio::test]
async fn calls_on_the_plain_client_are_not_ambiguous() {
    #[allow(unused_imports, reason = "both traits in scope is the point")]
    use {DynItems as _, Items as _};
    let server = Server::always(Reply::text("real")).await;
    let client = ItemsClient::at(server.url()).unwrap();
    assert_eq!(client.both("x", "y").await.unwrap(), "real");
}

#[tokio::test]
async fn an_object_goes_to_another_task() {
    let fake: Arc<dyn DynItems> = Arc::new(Fake);
    let found = tokio::spawn(async move { fake.item("a", &[]).await });
    assert_eq!(found.await.unwrap().unwrap().as_deref(), Some("a 0"));
}

/// Code that holds a client chosen at run time.
struct Shop {
    items: Arc<dyn DynItems>,
}

#[tokio::test]
async fn a_struct_without_type_parameters_holds_any() {
    let shop = Shop { items: Arc::new(Fake) };
    assert_eq!(shop.items.both("x", "y").await.unwrap(), "xy");
}
