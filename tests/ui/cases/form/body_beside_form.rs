//! sources: feign:body-with-form

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[form] a: &str, #[body] b: &str) -> Result<String, feign::Error>;
}

fn main() {}
