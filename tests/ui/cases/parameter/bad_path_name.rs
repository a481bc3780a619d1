//! sources: retrofit:invalidPathParam

#[feign::client]
trait Items {
    #[get("/items/{hey}")]
    async fn item(&self, #[path("hey!")] thing: &str) -> Result<String, feign::Error>;
}

fn main() {}
