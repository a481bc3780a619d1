//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[part("a\"b")] a: &str) -> Result<String, feign::Error>;
}

fn main() {}
