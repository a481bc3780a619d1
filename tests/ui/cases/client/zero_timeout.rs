//! sources: issue:zero-timeout

#[feign::client]
#[timeout("0s")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
