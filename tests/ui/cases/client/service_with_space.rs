//! sources: issue:empty-service

#[feign::client(service = "stock levels")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
