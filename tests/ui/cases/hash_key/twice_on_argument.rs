//! sources: picking:two-hash-keys

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(
        &self,
        #[hash_key]
        #[hash_key(display)]
        user: u32,
    ) -> Result<String, feign::Error>;
}

fn main() {}
