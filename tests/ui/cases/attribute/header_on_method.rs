//! sources: issue:near-miss

#[feign::client]
trait Items {
    #[get("/items")]
    #[header("x-day: 1")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
