//! sources: ours

#[feign::client]
trait Items {
    #[get("/items/{sku:0}")]
    async fn item(&self, sku: &str) -> Result<String, feign::Error>;
}

fn main() {}
