//! sources: issue:near-miss

#[feign::client]
trait Items {
    #[feign::get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
