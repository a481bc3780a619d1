//! sources: retrofit:getUrlAndUrlParamThrows, retrofit:getWithQueryThenUrlThrows

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[url] next: &str) -> Result<String, feign::Error>;
}

fn main() {}
