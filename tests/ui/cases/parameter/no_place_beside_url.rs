//! sources: issue:argument-without-place

#[feign::client]
trait Items {
    #[get]
    async fn item(&self, #[url] next: &str, page: u32) -> Result<String, feign::Error>;
}

fn main() {}
