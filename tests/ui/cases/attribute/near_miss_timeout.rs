//! sources: issue:near-miss

#[feign::client]
trait Items {
    #[get("/items")]
    #[timeot("2s")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
