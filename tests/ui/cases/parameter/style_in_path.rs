//! sources: issue:unknown-key

#[feign::client]
trait Items {
    #[get("/items/{sku}")]
    async fn item(&self, #[path(style = csv)] sku: &str) -> Result<String, feign::Error>;
}

fn main() {}
