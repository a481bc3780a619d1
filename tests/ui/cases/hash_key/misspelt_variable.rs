//! sources: issue:variable-without-argument

#[feign::client]
trait Items {
    #[get("/items/{sku}")]
    async fn item(&self, #[hash_key] skuu: &str) -> Result<String, feign::Error>;
}

fn main() {}
