//! sources: ours

#[feign::client]
trait Items {
    #[get]
    async fn item(&self, #[url] next: &str, #[url] last: &str) -> Result<String, feign::Error>;
}

fn main() {}
