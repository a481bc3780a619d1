//! sources: ours

use feign::publish::{Error, Receipt};

#[derive(serde::Serialize)]
struct Created;

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[body] event: &Created) -> Result<Receipt, Error>;
}

fn main() {
    let document = OrdersPublisher::asyncapi("Shop", "1.0.0");
    println!("{document}");
}
