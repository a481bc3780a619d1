//! sources: ours

use feign::publish::Error;

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[body] event: &str) -> Result<String, Error>;
}

fn main() {}
