//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher(codec = String)]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[body] event: &u8) -> Result<Receipt, Error>;
}

fn main() {}
