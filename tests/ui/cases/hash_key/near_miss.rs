//! sources: issue:near-miss

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[has_key] user: u32) -> Result<String, feign::Error>;
}

fn main() {}
