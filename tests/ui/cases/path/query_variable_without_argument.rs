//! sources: issue:variable-without-argument

#[feign::client]
trait Items {
    #[get("/items{?q}")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
