//! sources: retrofit:getWithNonStringUrlThrows

#[feign::client]
trait Items {
    #[get]
    async fn item(&self, #[url] next: u32) -> Result<String, feign::Error>;
}

fn main() {}
