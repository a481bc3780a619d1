//! sources: issue:unknown-verb, feign:request-line-empty

#[feign::client]
trait Items {
    #[request]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
