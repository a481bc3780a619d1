//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    #[tombstone]
    async fn gone(&self, #[key] id: &str, #[body] event: &str) -> Result<Receipt, Error>;
}

fn main() {}
