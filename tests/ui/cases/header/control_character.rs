//! sources: issue:bad-header-value

#[feign::client]
trait Items {
    #[get("/items")]
    #[headers("x-bell: \u{7}")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
