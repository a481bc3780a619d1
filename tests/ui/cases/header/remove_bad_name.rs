//! sources: issue:bad-header-name

#[feign::client]
trait Items {
    #[get("/items")]
    #[headers(remove("x day"))]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
