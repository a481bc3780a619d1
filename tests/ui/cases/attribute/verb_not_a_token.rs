//! sources: issue:unknown-verb

#[feign::client]
trait Items {
    #[request("PUR GE", "/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
