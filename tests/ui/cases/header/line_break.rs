//! sources: issue:cr-lf

#[feign::client]
trait Items {
    #[get("/items")]
    #[headers("x-day: 1\r\nx-evil: 2")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
