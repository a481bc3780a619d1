//! sources: issue:unknown-key

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[hash_key(dispaly)] user: u32) -> Result<String, feign::Error>;
}

fn main() {}
