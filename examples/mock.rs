//! Testing code that calls other services, in three ways: `cargo test --features mock --example mock`.
//!
//! The tests stand at the end of this file. `cargo run --features mock --example mock` shows the fourth: a
//! mock on a port, for another process to call.

use feign::{Json, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::json;

#[feign::client(service = "inventory")]
#[cfg_attr(test, mockall::automock)]
trait Inventory {
    #[get("/items/{sku}")]
    async fn item(&self, sku: &str) -> Result<Option<Item>, InventoryError>;

    #[post("/items/{sku}/reservations")]
    async fn reserve(&self, sku: &str, #[body] order: &Reserve) -> Result<(), InventoryError>;
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Item {
    price: u32,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Reserve {
    pieces: u32,
}

#[derive(Debug, Deserialize)]
struct Shortage {
    missing: u32,
}

#[derive(Debug, thiserror::Error, feign::ErrorMap)]
#[code("/code")]
enum InventoryError {
    #[error("out of stock, {} missing", .0.0.missing)]
    #[status(409, code = "OUT_OF_STOCK")]
    OutOfStock(Json<Shortage>),
    #[error(transparent)]
    #[otherwise]
    Other(feign::Error),
}

/// The service of the user: it holds a client, whichever that is.
struct Shop<I> {
    inventory: I,
}

#[derive(Debug, PartialEq)]
enum Sale {
    Sold { price: u32 },
    Less { missing: u32 },
    Unknown,
    Later,
}

impl<I: Inventory> Shop<I> {
    /// Sells some pieces, or says why not; a shop never fails.
    async fn sell(&self, sku: &str, pieces: u32) -> Sale {
        match self.try_to_sell(sku, pieces).await {
            Ok(sale) => sale,
            Err(InventoryError::OutOfStock(Json(Shortage { missing }))) => Sale::Less { missing },
            Err(InventoryError::Other(_)) => Sale::Later,
        }
    }

    async fn try_to_sell(&self, sku: &str, pieces: u32) -> Result<Sale, InventoryError> {
        let Some(item) = self.inventory.item(sku).await? else { return Ok(Sale::Unknown) };
        self.inventory.reserve(sku, &Reserve { pieces }).await?;
        Ok(Sale::Sold { price: item.price * pieces })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), feign::Error> {
    let mock = feign::mock::Mock::new();
    mock.on(InventoryClient::ITEM).path("sku", "A-1").reply_json(200, json!({"price": 3}));
    mock.on(InventoryClient::ITEM).reply(404);
    mock.on(InventoryClient::RESERVE).reply(201).then(StatusCode::BAD_GATEWAY);
    let url = mock.serve().await;
    println!("a mock of the inventory listens at {url}");

    let shop = Shop { inventory: InventoryClient::at(url)? };
    for sku in ["A-1", "Z-9", "A-1"] {
        println!("two of {sku}: {:?}", shop.sell(sku, 2).await);
    }
    for request in mock.requests() {
        println!("the mock got {request}");
    }
    Ok(())
}

/// Everything of HTTP is run: paths, bodies, statuses, the error map.
#[cfg(test)]
mod with_the_mock_kit {
    use feign::mock::{Mock, Reply};

    use super::*;

    #[tokio::test]
    async fn it_sells() {
        let mock = Mock::new();
        mock.on(InventoryClient::ITEM).path("sku", "A-1").reply_json(200, json!({"price": 3}));
        mock.on(InventoryClient::RESERVE)
            .path("sku", "A-1")
            .body_json(Reserve { pieces: 2 })
            .times(1)
            .reply(201);
        let shop = Shop { inventory: mock.client::<InventoryClient>() };
        assert_eq!(shop.sell("A-1", 2).await, Sale::Sold { price: 6 });
    }

    #[tokio::test]
    async fn it_says_what_is_missing() {
        let mock = Mock::new();
        mock.on(InventoryClient::ITEM).reply_json(200, Item { price: 3 });
        mock.on(InventoryClient::RESERVE)
            .reply_json(409, json!({"code": "OUT_OF_STOCK", "missing": 1}));
        let shop = Shop { inventory: mock.client::<InventoryClient>() };
        assert_eq!(shop.sell("A-1", 2).await, Sale::Less { missing: 1 });
        assert_eq!(mock.requests()[1].json::<Reserve>(), Reserve { pieces: 2 });
    }

    #[tokio::test]
    async fn nothing_is_reserved_of_what_is_not_there() {
        let mock = Mock::new();
        mock.on(InventoryClient::ITEM).reply(404);
        mock.on(InventoryClient::RESERVE).never();
        let shop = Shop { inventory: mock.client::<InventoryClient>() };
        assert_eq!(shop.sell("A-1", 2).await, Sale::Unknown);
    }

    /// Thirty seconds pass at once: the clock is paused.
    #[tokio::test(start_paused = true)]
    async fn it_survives_the_faults_of_the_inventory() {
        let broken = Reply::json(200, Item { price: 3 }).truncate();
        for fault in [Reply::refuse(), Reply::hang(), Reply::garbage(), broken, 503.into()] {
            let mock = Mock::new();
            mock.on(InventoryClient::ITEM).times(1).reply(fault);
            let shop = Shop { inventory: mock.client::<InventoryClient>() };
            assert_eq!(shop.sell("A-1", 2).await, Sale::Later);
        }
    }
}

/// Nothing of HTTP is run, and the arguments are seen as they are.
#[cfg(test)]
mod with_mockall {
    use mockall::predicate::eq;

    use super::*;

    #[tokio::test]
    async fn it_sells() {
        let mut inventory = MockInventory::new();
        inventory
            .expect_item()
            .with(eq("A-1"))
            .returning(|_| Box::pin(async { Ok(Some(Item { price: 3 })) }));
        inventory
            .expect_reserve()
            .withf(|sku, order| sku == "A-1" && order.pieces == 2)
            .times(1)
            .returning(|_, _| Box::pin(async { Ok(()) }));
        assert_eq!(Shop { inventory }.sell("A-1", 2).await, Sale::Sold { price: 6 });
    }
}

/// Nothing of HTTP is run, and the fake can hold what it likes.
#[cfg(test)]
mod by_hand {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    struct Shelf {
        pieces: AtomicU32,
    }

    impl Inventory for Shelf {
        async fn item(&self, sku: &str) -> Result<Option<Item>, InventoryError> {
            Ok((sku == "A-1").then_some(Item { price: 3 }))
        }

        async fn reserve(&self, _: &str, order: &Reserve) -> Result<(), InventoryError> {
            let left = self.pieces.load(Ordering::Relaxed);
            let missing = order.pieces.saturating_sub(left);
            if missing > 0 {
                return Err(InventoryError::OutOfStock(Json(Shortage { missing })));
            }
            self.pieces.store(left - order.pieces, Ordering::Relaxed);
            Ok(())
        }
    }

    /// Errors can be made, so that a fake fails like the real thing.
    struct Down;

    impl Inventory for Down {
        async fn item(&self, _: &str) -> Result<Option<Item>, InventoryError> {
            Err(feign::Error::timeout().into())
        }

        async fn reserve(&self, _: &str, _: &Reserve) -> Result<(), InventoryError> {
            Err(feign::Error::from_status(StatusCode::SERVICE_UNAVAILABLE).into())
        }
    }

    #[tokio::test]
    async fn it_sells_what_there_is() {
        let shop = Shop { inventory: Shelf { pieces: AtomicU32::new(3) } };
        assert_eq!(shop.sell("A-1", 2).await, Sale::Sold { price: 6 });
        assert_eq!(shop.sell("A-1", 2).await, Sale::Less { missing: 1 });
        assert_eq!(shop.sell("B-2", 1).await, Sale::Unknown);
        assert_eq!(Shop { inventory: Down }.sell("A-1", 1).await, Sale::Later);
    }
}
