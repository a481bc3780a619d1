//! sources: retrofit:multipartFailsWithNoParts

#[feign::client]
trait Items {
    #[multipart]
    #[post("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
