//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item<T: Send + Sync>(&self, #[query] q: T) -> Result<String, feign::Error>;
}

fn main() {}
