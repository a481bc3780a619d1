//! sources: issue:unknown-key

#[feign::client(servce = "items")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
