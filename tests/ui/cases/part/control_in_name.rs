//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[part("a\r\nb")] a: &str) -> Result<String, feign::Error>;
}

fn main() {}
