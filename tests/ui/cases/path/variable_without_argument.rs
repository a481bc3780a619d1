//! sources: issue:variable-without-argument, microprofile:template-on-method-without-argument

#[feign::client]
trait Items {
    #[get("/items/{sku}")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
