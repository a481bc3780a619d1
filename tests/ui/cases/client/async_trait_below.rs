//! sources: issue:async-trait

#[feign::client]
#[async_trait::async_trait]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
