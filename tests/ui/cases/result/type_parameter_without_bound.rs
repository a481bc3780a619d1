//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item<T: Send>(&self) -> Result<T, feign::Error>;
}

fn main() {}
