//! sources: issue:attempt-over-total

#[feign::client]
#[timeout("1s")]
trait Items {
    #[get("/items")]
    #[timeout(attempt = "2s")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
