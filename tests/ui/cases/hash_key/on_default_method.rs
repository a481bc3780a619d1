//! sources: ours

#[feign::client]
trait Items {
    async fn item(&self, #[hash_key] user: u32) -> Result<u32, feign::Error> {
        Ok(user)
    }
}

fn main() {}
