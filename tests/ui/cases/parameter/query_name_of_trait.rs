//! sources: issue:same-query-name-twice

#[feign::client(path = "/api?version=2")]
trait Items {
    #[get("/items")]
    async fn item(&self, #[query] version: u32) -> Result<String, feign::Error>;
}

fn main() {}
