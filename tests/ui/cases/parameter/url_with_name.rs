//! sources: issue:unknown-key

#[feign::client]
trait Items {
    #[get]
    async fn item(&self, #[url("next")] next: &str) -> Result<String, feign::Error>;
}

fn main() {}
