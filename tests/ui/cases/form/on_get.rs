//! sources: retrofit:formEncodingFailsOnNonBodyMethod

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[form] a: &str) -> Result<String, feign::Error>;
}

fn main() {}
