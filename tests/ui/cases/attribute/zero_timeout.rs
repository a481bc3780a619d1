//! sources: issue:zero-timeout

#[feign::client]
trait Items {
    #[get("/items")]
    #[timeout("0s")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
