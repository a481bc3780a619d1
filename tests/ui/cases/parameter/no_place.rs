//! sources: issue:argument-without-place, retrofit:parameterWithoutAnnotation

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, sku: &str) -> Result<String, feign::Error>;
}

fn main() {}
