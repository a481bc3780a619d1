//! sources: ours

#[feign::client]
#[compress(gzip)]
trait Items {
    #[post("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
