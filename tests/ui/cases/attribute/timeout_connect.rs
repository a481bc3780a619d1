//! sources: issue:unknown-key

#[feign::client]
trait Items {
    #[get("/items")]
    #[timeout(connect = "2s")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
