//! sources: ours

#[derive(serde::Serialize)]
struct Order {
    sku: String,
}

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[form] order: &Order) -> Result<String, feign::Error>;
}

fn main() {}
