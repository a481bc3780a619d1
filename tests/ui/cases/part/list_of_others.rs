//! sources: retrofit:multipartPartMapMustBeMap

#[derive(serde::Serialize)]
struct Order {
    sku: String,
}

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[part] parts: Vec<Order>) -> Result<String, feign::Error>;
}

fn main() {}
