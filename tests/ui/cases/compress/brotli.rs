//! sources: ours

#[feign::client]
trait Items {
    #[compress(brotli)]
    #[post("/items")]
    async fn item(&self, #[body] a: &str) -> Result<String, feign::Error>;
}

fn main() {}
