//! sources: issue:same-query-name-twice

#[feign::client]
trait Items {
    #[get("/items{?q}{&q}")]
    async fn item(&self, q: &str) -> Result<String, feign::Error>;
}

fn main() {}
