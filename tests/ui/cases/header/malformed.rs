//! sources: retrofit:headersFailWhenMalformed

#[feign::client]
trait Items {
    #[get("/items")]
    #[headers("Malformed")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
