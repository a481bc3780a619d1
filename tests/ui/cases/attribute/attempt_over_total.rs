//! sources: issue:attempt-over-total

#[feign::client]
trait Items {
    #[get("/items")]
    #[timeout("1s", attempt = "2s")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
