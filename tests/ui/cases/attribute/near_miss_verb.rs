//! sources: issue:near-miss

#[feign::client]
trait Items {
    #[gte("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
