//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[topic("orders.{id}")]
    async fn created(&self, #[key] id: &str, #[body] event: &str) -> Result<Receipt, Error>;
}

fn main() {}
