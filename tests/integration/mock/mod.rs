//! The mock kit: without a socket through the whole staircase, and as a server.

mod captured;
mod counts;
mod design;
mod everywhere;
mod faults;
mod fleet;
mod fleet_faults;
mod routes;
mod served;
mod staircase;
mod verify;

use std::ops::Deref;

use feign::Error;
use feign::mock::Mock;
use serde::{Deserialize, Serialize};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Order {
    pieces: u32,
}

/// A text that is JSON on the wire.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct Name(String);

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

#[feign::client(service = "inventory", path = "/api/v1")]
trait Stock {
    #[get("/items/{sku}")]
    async fn item(&self, sku: &str) -> Result<Option<Name>, Error>;
    #[get("/items{?q,tags*}")]
    async fn search(&self, q: &str, tags: &[&str]) -> Result<Vec<String>, Error>;
    #[post("/items/{sku}/orders")]
    async fn order(&self, sku: &str, #[body] order: &Order) -> Result<u32, Error>;
    #[delete("/items/{sku}")]
    async fn remove(&self, sku: &str, #[header] x_tenant: Option<&str>) -> Result<(), Error>;
    #[get("/export")]
    async fn export(&self) -> Result<feign::Body, Error>;
    #[head("/items/{sku}")]
    async fn peek(&self, sku: &str) -> Result<feign::Response<()>, Error>;
}

fn mocked() -> (Mock, StockClient) {
    let mock = Mock::new();
    let client = mock.client();
    (mock, client)
}

/// What a mock would say when it is dropped.
#[track_caller]
fn mismatch(mock: &Mock) -> String {
    mock.verify().expect_err("it agrees").to_string()
}
