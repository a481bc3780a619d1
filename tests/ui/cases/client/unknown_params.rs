//! sources: issue:unknown-key

#[feign::client(params = dsplay)]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
