//! sources: issue:option-in-path, retrofit:pathParamRequired

#[feign::client]
trait Items {
    #[get("/items/{sku}")]
    async fn item(&self, sku: Option<&str>) -> Result<String, feign::Error>;
}

fn main() {}
