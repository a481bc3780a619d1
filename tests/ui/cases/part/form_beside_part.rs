//! sources: retrofit:onlyOneEncodingIsAllowedMultipartFirst

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[part] a: &str, #[form] b: &str) -> Result<String, feign::Error>;
}

fn main() {}
