//! sources: issue:fragment

#[feign::client]
trait Items {
    #[get("/items{#part}")]
    async fn item(&self, part: &str) -> Result<String, feign::Error>;
}

fn main() {}
