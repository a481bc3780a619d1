//! sources: ours

#[feign::client]
trait Items {
    #[get("/items/sku}")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
