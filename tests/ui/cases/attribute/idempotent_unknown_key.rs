//! sources: issue:unknown-key

#[feign::client]
trait Items {
    #[post("/items")]
    #[idempotent(header = "idempotency-key")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
