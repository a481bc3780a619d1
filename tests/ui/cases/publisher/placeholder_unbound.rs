//! sources: ours
//! mistakes: 2

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[topic("orders.{regoin}")]
    async fn created(&self, region: &str, #[body] event: &str) -> Result<Receipt, Error>;
}

fn main() {}
