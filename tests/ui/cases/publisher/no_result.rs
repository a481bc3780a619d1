//! sources: ours

use feign::publish::Receipt;

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[body] event: &str) -> Receipt;
}

fn main() {}
