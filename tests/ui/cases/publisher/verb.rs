//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[post("/orders")]
    async fn created(&self, #[body] event: &str) -> Result<Receipt, Error>;
}

fn main() {}
