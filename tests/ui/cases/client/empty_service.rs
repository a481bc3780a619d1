//! sources: issue:empty-service

#[feign::client(service = "")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
