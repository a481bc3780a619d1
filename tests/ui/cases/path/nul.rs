//! sources: issue:cr-lf

#[feign::client]
trait Items {
    #[get("/items\0")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
