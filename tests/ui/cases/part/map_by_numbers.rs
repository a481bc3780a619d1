//! sources: retrofit:multipartPartMapRejectsNonStringKeys

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[part] parts: std::collections::BTreeMap<u8, feign::Part>) -> Result<String, feign::Error>;
}

fn main() {}
