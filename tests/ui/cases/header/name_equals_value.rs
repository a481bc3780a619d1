//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    #[headers(accept = "text/plain")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
