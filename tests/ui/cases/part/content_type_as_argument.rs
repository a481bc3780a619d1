//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[header] content_type: &str, #[part] a: &str) -> Result<String, feign::Error>;
}

fn main() {}
