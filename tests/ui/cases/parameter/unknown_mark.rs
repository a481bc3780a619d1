//! sources: issue:near-miss

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[sent_as_is] q: &str) -> Result<String, feign::Error>;
}

fn main() {}
