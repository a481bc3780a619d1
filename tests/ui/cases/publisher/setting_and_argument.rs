//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher(settings(env))]
trait Orders {
    #[topic("{env}.orders")]
    async fn created(&self, env: &str, #[body] event: &str) -> Result<Receipt, Error>;
}

fn main() {}
