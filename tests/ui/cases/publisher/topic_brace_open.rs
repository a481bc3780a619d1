//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[topic("orders.{region")]
    async fn created(&self, region: &str, #[body] event: &str) -> Result<Receipt, Error>;
}

fn main() {}
