//! sources: retrofit:multipartFailsOnNonBodyMethod

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[part] a: &str) -> Result<String, feign::Error>;
}

fn main() {}
