//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item<T: Send + Sync>(&self, #[body] order: T) -> Result<String, feign::Error>;
}

fn main() {}
