//! sources: issue:unknown-verb

#[feign::client]
trait Items {
    #[request("Purge", "/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
