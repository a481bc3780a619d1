//! sources: issue:pattern-argument

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[query("q")] _: &str) -> Result<String, feign::Error>;
}

fn main() {}
