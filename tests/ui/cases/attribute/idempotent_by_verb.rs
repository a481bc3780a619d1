//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    #[idempotent]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
