//! sources: issue:duplicate-header

#[feign::client]
trait Items {
    #[get("/items")]
    #[headers("x-day: 1", remove("x-day"))]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
