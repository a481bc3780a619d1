//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    #[cloud_events(type = "created")]
    async fn created(&self, #[body] event: &str) -> Result<Receipt, Error>;
}

fn main() {}
