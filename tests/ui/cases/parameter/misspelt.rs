//! sources: issue:variable-without-argument, issue:argument-without-place, microprofile:mismatched-name

#[feign::client]
trait Items {
    #[get("/items/{sku_id}")]
    async fn item(&self, skuid: u32) -> Result<String, feign::Error>;
}

fn main() {}
