//! sources: issue:bad-header-name

#[feign::client]
trait Items {
    #[post("/items")]
    #[idempotent(key = "idempotency key")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
