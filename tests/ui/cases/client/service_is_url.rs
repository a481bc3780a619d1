//! sources: ours

#[feign::client(service = "http://localhost:8080")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
