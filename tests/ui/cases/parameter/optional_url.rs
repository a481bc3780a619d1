//! sources: retrofit:getWithNullUrl

#[feign::client]
trait Items {
    #[get]
    async fn item(&self, #[url] next: Option<&str>) -> Result<String, feign::Error>;
}

fn main() {}
