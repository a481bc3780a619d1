//! sources: ours

#[derive(serde::Serialize)]
struct Order {
    sku: String,
}

#[feign::client(codec = Order)]
trait Items {
    #[post("/items")]
    async fn item(&self, #[body] order: &Order) -> Result<Vec<u32>, feign::Error>;
}

fn main() {}
