//! sources: retrofit:getWithPathThenUrlThrows

#[feign::client]
trait Items {
    #[get]
    async fn item(&self, #[path] sku: &str, #[url] next: &str) -> Result<String, feign::Error>;
}

fn main() {}
