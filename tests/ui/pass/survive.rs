//! What the user wrote beside the operations comes through.

use feign::{Error, Response};

/// A marker: nothing to implement, so the generated client has it by a blanket impl.
pub trait Marker {}
impl<T: ?Sized> Marker for T {}

/// Implemented by the user for the generated client.
pub trait Named {
    /// Returns a name.
    fn name(&self) -> String;
}

impl Named for StockClient {
    fn name(&self) -> String {
        "stock".to_owned()
    }
}

/// Stock levels.
#[feign::client(service = "stock", path = "/api", rename_all = "kebab-case")]
#[timeout("2s", attempt = "600ms")]
#[headers("x-caller: tests", remove("x-debug"))]
#[tags(team = "inventory", critical)]
pub trait Stock: Marker + Named + std::fmt::Debug {
    /// Has a value, so the generated client has it too.
    const PAGE: u32 = 20;

    /// Documented.
    #[get("/items/{sku}")]
    async fn item(&self, sku: &str) -> Result<Option<String>, Error>;

    /// Old.
    #[deprecated = "use `item`"]
    #[get("/things/{sku}")]
    async fn thing(&self, sku: &str) -> Result<String, Error>;

    /// Not to be dropped.
    #[must_use = "a call does nothing until it is awaited"]
    #[post("/items")]
    #[idempotent(key = "idempotency-key")]
    async fn add(&self, #[body] order: &str) -> Result<Response<()>, Error>;

    /// Not there at all.
    #[cfg(any())]
    #[get("/none")]
    async fn none(&self, #[query] of: OfNone) -> Result<Nothing, Error>;

    /// Many.
    #[expect(clippy::too_many_arguments, reason = "shows that `expect` comes through")]
    #[get("/search{?a,b,c,d,e,f,g,h}")]
    async fn search(
        &self,
        a: u8,
        b: u8,
        c: u8,
        d: u8,
        e: u8,
        f: u8,
        g: u8,
        h: u8,
    ) -> Result<String, Error>;

    /// Sent by a verb of the user's own.
    #[request("PURGE", "/items/{sku}")]
    #[accept(404)]
    async fn purge(&self, sku: &str) -> Result<(), Error>;

    /// Has a body of its own.
    async fn item_or_empty(&self, sku: &str) -> Result<String, Error> {
        Ok(self.item(sku).await?.unwrap_or_default())
    }

    /// Is not `async`.
    fn page(&self) -> u32 {
        Self::PAGE
    }

    /// Has no `self`.
    #[must_use]
    fn version() -> u32
    where
        Self: Sized,
    {
        1
    }
}
