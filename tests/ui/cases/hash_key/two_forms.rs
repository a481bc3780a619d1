//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[hash_key(display, serde)] user: u32) -> Result<String, feign::Error>;
}

fn main() {}
