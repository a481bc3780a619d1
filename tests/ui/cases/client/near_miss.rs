//! sources: issue:near-miss

#[feign::client]
#[timeouts("2s")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
