//! sources: ours

use feign::publish::Receipt;

struct Broken;

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[body] event: &str) -> Result<Receipt, Broken>;
}

fn main() {}
