//! sources: issue:impl-trait-argument

#[feign::client]
trait Items {
    #[get("/items/{sku}")]
    async fn item(&self, sku: impl std::fmt::Display + Send) -> Result<String, feign::Error>;
}

fn main() {}
