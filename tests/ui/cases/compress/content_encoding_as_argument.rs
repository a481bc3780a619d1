//! sources: ours

#[feign::client]
trait Items {
    #[compress(gzip)]
    #[post("/items")]
    async fn item(&self, #[header] content_encoding: &str, #[body] a: &str) -> Result<String, feign::Error>;
}

fn main() {}
