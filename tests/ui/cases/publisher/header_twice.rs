//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[header("a")] one: &str, #[header("a")] two: &str, #[body] event: &str) -> Result<Receipt, Error>;
}

fn main() {}
