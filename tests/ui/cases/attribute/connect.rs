//! sources: issue:unknown-verb

#[feign::client]
trait Items {
    #[request("CONNECT", "/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
