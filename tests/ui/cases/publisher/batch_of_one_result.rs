//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[body(each)] events: &[String]) -> Result<Receipt, Error>;
}

fn main() {}
