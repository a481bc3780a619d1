//! sources: issue:no-verb, retrofit:lackingMethod, refit:RF001, feign:no-verb

#[feign::client]
trait Items {
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
