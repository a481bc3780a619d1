//! sources: ours

#[feign::client]
trait Items {
    #[get("/items?a=1{/sku}")]
    async fn item(&self, sku: &str) -> Result<String, feign::Error>;
}

fn main() {}
