//! sources: issue:near-miss

#[feign::client]
trait Items {
    #[get("/items")]
    #[hash_key]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
