//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[sensitive] #[sensitive] #[query] key: &str) -> Result<String, feign::Error>;
}

fn main() {}
