//! sources: issue:unknown-verb

#[feign::client]
trait Items {
    #[request("get", "/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
