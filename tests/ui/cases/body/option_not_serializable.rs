//! sources: ours

struct Order;

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[body] order: Option<Order>) -> Result<String, feign::Error>;
}

fn main() {}
