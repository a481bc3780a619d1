//! The mock block of the design, word for word.

use feign::{Json, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Serialize)]
struct Reserve {
    pieces: u32,
}

#[derive(Debug, Deserialize)]
struct Reservation {
    #[expect(dead_code, reason = "nobody gets one here")]
    id: u64,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Shortage {
    missing: u32,
}

#[feign::client(service = "inventory", path = "/api/v1", rename_all = "camelCase")]
trait Inventory {
    #[post("/items/{sku}/reservations")]
    #[timeout("2s", attempt = "600ms")]
    #[idempotent(key = "idempotency-key")]
    async fn reserve(
        &self,
        sku: &str,
        #[body] order: &Reserve,
    ) -> Result<Response<Reservation>, InventoryError>;
}

#[derive(Debug, thiserror::Error, feign::ErrorMap)]
#[code("/code")]
enum InventoryError {
    #[error("out of stock: {0:?}")]
    #[status(409, code = "OUT_OF_STOCK")]
    OutOfStock(Json<Shortage>),
    #[error(transparent)]
    #[otherwise]
    Other(feign::Error),
}

struct Shop<I>(I);

impl<I: Inventory> Shop<I> {
    const fn new(inventory: I) -> Self {
        Self(inventory)
    }

    async fn place(&self, sku: &str) -> Result<(), InventoryError> {
        self.0.reserve(sku, &Reserve { pieces: 2 }).await.map(drop)
    }
}

#[rustfmt::skip]
#[tokio::test]
async fn word_for_word() {
    let mock = feign::mock::Mock::new();                       // the whole staircase, no socket
    mock.on(InventoryClient::RESERVE).path("sku", "A-1").times(1).reply_json(409, json!({"code": "OUT_OF_STOCK", "missing": 3}));
    assert!(Shop::new(mock.client::<InventoryClient>()).place("A-1").await.is_err());
}

#[tokio::test]
async fn the_error_is_the_callers_own() {
    let mock = feign::mock::Mock::new();
    mock.on(InventoryClient::RESERVE)
        .reply_json(409, json!({"code": "OUT_OF_STOCK", "missing": 3}))
        .then(500);
    let shop = Shop::new(mock.client::<InventoryClient>());
    let error = shop.place("A-1").await.unwrap_err();
    assert!(matches!(error, InventoryError::OutOfStock(Json(Shortage { missing: 3 }))));
    let error = shop.place("A-1").await.unwrap_err();
    assert!(matches!(error, InventoryError::Other(error) if error.status().unwrap() == 500));
    let requests = mock.requests();
    let keys: Vec<_> = requests.iter().map(|request| request.header("idempotency-key")).collect();
    assert!(keys[0].is_some() && keys[0] != keys[1], "{keys:?}");
}
