//! sources: retrofit:getWithUrlThenPathThrows

#[feign::client]
trait Items {
    #[get]
    async fn item(&self, #[url] next: &str, #[path] sku: &str) -> Result<String, feign::Error>;
}

fn main() {}
