//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[query] ranges: &[Vec<u32>]) -> Result<String, feign::Error>;
}

fn main() {}
