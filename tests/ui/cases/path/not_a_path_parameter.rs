//! sources: ours

struct Sku;

#[feign::client]
trait Items {
    #[get("/items/{sku}")]
    async fn item(&self, sku: &Sku) -> Result<String, feign::Error>;
}

fn main() {}
