//! sources: issue:no-self

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item() -> Result<String, feign::Error>;
}

fn main() {}
