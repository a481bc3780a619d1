//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher(settings(env))]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[body] event: &str) -> Result<Receipt, Error>;
}

fn main() {}
