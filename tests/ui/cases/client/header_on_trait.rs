//! sources: issue:near-miss

#[feign::client]
#[header("x-day: 1")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
