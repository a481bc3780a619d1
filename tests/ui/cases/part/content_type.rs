//! sources: ours

#[feign::client]
trait Items {
    #[headers("content-type: multipart/form-data")]
    #[post("/items")]
    async fn item(&self, #[part] a: &str) -> Result<String, feign::Error>;
}

fn main() {}
