//! sources: issue:unknown-verb, feign:request-line-verb

#[feign::client]
trait Items {
    #[purge("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
