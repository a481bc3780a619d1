//! sources: issue:duplicate-header

#[feign::client]
trait Items {
    #[post("/items")]
    #[idempotent(key = "idempotency-key")]
    async fn item(&self, #[header] idempotency_key: &str) -> Result<String, feign::Error>;
}

fn main() {}
