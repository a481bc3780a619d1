//! sources: issue:near-miss

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[field] a: &str) -> Result<String, feign::Error>;
}

fn main() {}
