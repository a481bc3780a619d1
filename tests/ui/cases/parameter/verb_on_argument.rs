//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[get] q: &str) -> Result<String, feign::Error>;
}

fn main() {}
