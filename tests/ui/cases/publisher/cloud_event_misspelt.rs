//! sources: ours
//! mistakes: 2

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    #[cloud_events(typ = "created", source = "/orders")]
    async fn created(&self, #[body] event: &str) -> Result<Receipt, Error>;
}

fn main() {}
