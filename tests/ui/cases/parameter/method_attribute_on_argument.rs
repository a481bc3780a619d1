//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[timeout("2s")] q: &str) -> Result<String, feign::Error>;
}

fn main() {}
