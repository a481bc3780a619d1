//! sources: issue:same-argument-twice

#[feign::client]
trait Items {
    #[get("/items{?q}")]
    async fn item(&self, q: &str, q: &str) -> Result<String, feign::Error>;
}

fn main() {}
