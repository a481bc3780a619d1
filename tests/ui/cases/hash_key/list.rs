//! sources: picking:hash-key-without-text

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(
        &self,
        #[hash_key]
        #[query]
        users: &[u32],
    ) -> Result<String, feign::Error>;
}

fn main() {}
