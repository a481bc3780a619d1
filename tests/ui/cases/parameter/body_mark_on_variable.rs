//! sources: ours

#[feign::client]
trait Items {
    #[post("/items/{sku}")]
    async fn item(&self, #[body] sku: String) -> Result<String, feign::Error>;
}

fn main() {}
