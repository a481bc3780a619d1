//! sources: issue:non-literal-path, refit:RF001

#[feign::client]
trait Items {
    #[get(concat!("/api", "/items"))]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
