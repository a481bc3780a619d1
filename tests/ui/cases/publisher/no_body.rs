//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[key] id: &str) -> Result<Receipt, Error>;
}

fn main() {}
