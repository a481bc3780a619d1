//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[key] id: &str, #[body] event: &str) -> Result<Receipt, Error>;

    #[topic("orders")]
    async fn changed(&self, #[partition] at: i32, #[key] id: &str, #[body] event: &str) -> Result<Receipt, Error>;
}

fn main() {}
