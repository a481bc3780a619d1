//! sources: ours

use feign::publish::{Error, Receipt};

struct Created;

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[body] event: &Created) -> Result<Receipt, Error>;
}

fn main() {}
