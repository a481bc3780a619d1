//! sources: picking:two-hash-keys

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(
        &self,
        #[hash_key]
        #[query]
        shop: u32,
        #[hash_key] user: &str,
    ) -> Result<String, feign::Error>;
}

fn main() {}
