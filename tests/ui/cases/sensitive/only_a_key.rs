//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[sensitive] #[hash_key] user: &str) -> Result<String, feign::Error>;
}

fn main() {}
