//! sources: issue:same-query-name-twice

#[feign::client]
trait Items {
    #[get("/items?q=all")]
    async fn item(&self, #[query] q: &str) -> Result<String, feign::Error>;
}

fn main() {}
