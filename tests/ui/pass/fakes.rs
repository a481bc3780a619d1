//! The trait stays the user's: fakes by hand, `partial`, `dyn`, pointers.

use std::sync::Arc;

use feign::Error;

/// A client as most are.
#[feign::client(service = "items", dyn, partial)]
pub trait Items {
    /// Returns one.
    #[get("/items/{sku}")]
    async fn item(&self, sku: &str) -> Result<Option<String>, Error>;

    /// Returns how many there are.
    #[get("/items/count")]
    async fn count(&self) -> Result<u64, Error>;
}

/// Implements what it uses.
#[derive(Debug)]
pub struct Fake;

impl Items for Fake {
    async fn item(&self, sku: &str) -> Result<Option<String>, Error> {
        Ok(Some(sku.to_owned()))
    }
}

/// Takes any implementation, and can be spawned.
///
/// # Errors
///
/// Whatever the calls give.
pub async fn both<I: Items>(items: I) -> Result<u64, Error> {
    items.item("1").await?;
    items.count().await
}

/// Every kind of pointer is a client too.
pub fn pointers() {
    const fn is_send<F: Future + Send>(_: &F) {}

    let shared: Arc<dyn DynItems> = Arc::new(Fake);
    is_send(&both(Fake));
    is_send(&both(&Fake));
    is_send(&both(Box::new(Fake)));
    is_send(&both(Arc::new(Fake)));
    is_send(&both(shared));
}
