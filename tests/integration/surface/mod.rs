//! The trait stays the user's: fakes, mocks, pointers, generics, places.

mod design;
mod dynamic;
mod fakes;
mod generics;
mod kept;
mod mocks;
mod places;
mod spawning;

use feign::Error;

/// What code under test asks for: any client of the trait, real or not.
#[feign::client(service = "stock")]
trait Stock {
    #[get("/stock/{sku}")]
    async fn level(&self, sku: &str) -> Result<Option<u32>, Error>;
    #[post("/stock/{sku}/reservations{?count}")]
    async fn reserve(&self, sku: &str, count: u32) -> Result<(), Error>;
}

/// Code under test.
async fn take<S: Stock>(stock: &S, sku: &str, count: u32) -> Result<bool, Error> {
    match stock.level(sku).await? {
        Some(level) if level >= count => stock.reserve(sku, count).await.map(|()| true),
        _ => Ok(false),
    }
}
