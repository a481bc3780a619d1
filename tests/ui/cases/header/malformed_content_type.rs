//! sources: retrofit:malformedContentTypeHeaderThrows

#[feign::client]
trait Items {
    #[post("/items")]
    #[headers("content-type: hello, world!")]
    async fn item(&self, #[body] order: String) -> Result<String, feign::Error>;
}

fn main() {}
