//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[body(key = String::as_str)] event: &str) -> Result<Receipt, Error>;
}

fn main() {}
