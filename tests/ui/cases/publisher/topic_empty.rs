//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[topic("")]
    async fn created(&self, #[body] event: &str) -> Result<Receipt, Error>;
}

fn main() {}
