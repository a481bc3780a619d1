//! sources: issue:unknown-key

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[query(style = "csv")] tags: &[String]) -> Result<String, feign::Error>;
}

fn main() {}
