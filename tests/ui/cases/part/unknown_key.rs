//! sources: issue:unknown-key

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[part(jsn)] a: &str) -> Result<String, feign::Error>;
}

fn main() {}
