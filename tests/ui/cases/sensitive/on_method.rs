//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    #[sensitive]
    async fn item(&self, #[query] key: &str) -> Result<String, feign::Error>;
}

fn main() {}
