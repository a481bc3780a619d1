//! sources: feign:headers-empty-on-method

#[feign::client]
trait Items {
    #[get("/items")]
    #[headers("")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
