//! sources: issue:same-argument-twice

#[feign::client]
trait Items {
    #[get("/items/{sku}")]
    async fn item(&self, sku: &str, #[path("sku")] other: &str) -> Result<String, feign::Error>;
}

fn main() {}
