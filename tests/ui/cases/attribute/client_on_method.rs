//! sources: issue:near-miss

#[feign::client]
trait Items {
    #[client]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
