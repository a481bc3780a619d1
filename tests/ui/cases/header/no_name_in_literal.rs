//! sources: issue:bad-header-name

#[feign::client]
trait Items {
    #[get("/items")]
    #[headers(": 1")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
