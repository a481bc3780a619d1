//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[key] id: &str, #[body] event: &str) -> Result<Receipt, Error>;

    #[topic("orders")]
    async fn changed(&self, #[body] event: &str) -> Result<Receipt, Error>;
}

fn main() {}
