//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[hash_key("user")] user: u32) -> Result<String, feign::Error>;
}

fn main() {}
