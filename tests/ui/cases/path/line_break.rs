//! sources: issue:cr-lf

#[feign::client]
trait Items {
    #[get("/items\r\nx-evil: 1")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
