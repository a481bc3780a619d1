//! sources: issue:async-trait

#[async_trait::async_trait]
#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
