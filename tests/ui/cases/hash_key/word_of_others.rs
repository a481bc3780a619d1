//! sources: issue:near-miss

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[key] user: u32) -> Result<String, feign::Error>;
}

fn main() {}
