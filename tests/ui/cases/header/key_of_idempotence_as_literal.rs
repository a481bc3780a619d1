//! sources: issue:duplicate-header

#[feign::client]
trait Items {
    #[post("/items")]
    #[headers("idempotency-key: 1")]
    #[idempotent(key = "idempotency-key")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
