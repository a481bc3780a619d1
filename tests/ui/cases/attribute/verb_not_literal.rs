//! sources: issue:unknown-verb

const PURGE: &str = "PURGE";

#[feign::client]
trait Items {
    #[request(PURGE, "/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
