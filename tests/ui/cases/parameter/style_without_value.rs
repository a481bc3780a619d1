//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[query(style)] tags: &[String]) -> Result<String, feign::Error>;
}

fn main() {}
