//! sources: issue:bad-header-name, feign:param-empty

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[header("")] day: &str) -> Result<String, feign::Error>;
}

fn main() {}
