//! sources: ours

#[feign::client]
trait Items {
    #[get("/items/{sku{id}}")]
    async fn item(&self, sku: &str, id: u32) -> Result<String, feign::Error>;
}

fn main() {}
