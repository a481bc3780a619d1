//! sources: issue:same-query-name-twice

#[feign::client]
trait Items {
    #[get("/items{?q}")]
    async fn item(&self, q: &str, #[query("q")] other: &str) -> Result<String, feign::Error>;
}

fn main() {}
