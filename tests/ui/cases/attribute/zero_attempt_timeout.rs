//! sources: issue:zero-timeout

#[feign::client]
trait Items {
    #[get("/items")]
    #[timeout(attempt = "0ms")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
