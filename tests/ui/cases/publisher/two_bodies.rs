//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[body] event: &str, #[body] other: &str) -> Result<Receipt, Error>;
}

fn main() {}
