//! sources: ours

use feign::publish::{Error, Receipt};

struct Id;

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[key] id: &Id, #[body] event: &str) -> Result<Receipt, Error>;
}

fn main() {}
