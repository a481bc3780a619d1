//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    #[tombstone]
    #[codec(feign::codec::JsonCodec)]
    async fn gone(&self, #[key] id: &str) -> Result<Receipt, Error>;
}

fn main() {}
