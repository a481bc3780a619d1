//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[header("x-tags")] tags: &[String], #[body] event: &str) -> Result<Receipt, Error>;
}

fn main() {}
