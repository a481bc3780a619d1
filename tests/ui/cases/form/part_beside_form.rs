//! sources: retrofit:onlyOneEncodingIsAllowedFormEncodingFirst

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[form] a: &str, #[part] b: &str) -> Result<String, feign::Error>;
}

fn main() {}
