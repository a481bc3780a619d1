//! sources: ours

use feign::publish::{Error, Memory, Receipt};

#[feign::publisher(settings(env))]
trait Orders {
    #[topic("{env}.orders")]
    async fn created(&self, #[body] event: &str) -> Result<Receipt, Error>;
}

fn make(hub: &feign::Hub, memory: &Memory) -> OrdersPublisher {
    hub.publisher(memory)
}

fn main() {}
