//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[header] content_length: u64) -> Result<String, feign::Error>;
}

fn main() {}
