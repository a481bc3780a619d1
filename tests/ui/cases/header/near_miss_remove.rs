//! sources: issue:near-miss

#[feign::client]
trait Items {
    #[get("/items")]
    #[headers(remov("x-day"))]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
