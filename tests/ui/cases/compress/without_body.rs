//! sources: ours

#[feign::client]
trait Items {
    #[compress(gzip)]
    #[post("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
