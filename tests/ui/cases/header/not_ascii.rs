//! sources: issue:bad-header-value

#[feign::client]
trait Items {
    #[get("/items")]
    #[headers("x-city: Zürich")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
