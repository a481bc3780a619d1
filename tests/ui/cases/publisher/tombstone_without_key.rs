//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    #[tombstone]
    async fn gone(&self) -> Result<Receipt, Error>;
}

fn main() {}
