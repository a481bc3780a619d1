//! sources: issue:near-miss, peers:unknown-attribute

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[qury] q: &str) -> Result<String, feign::Error>;
}

fn main() {}
