//! sources: picking:hash-key-without-text

#[derive(serde::Serialize)]
struct Order {
    id: u32,
}

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(
        &self,
        #[hash_key]
        #[body]
        order: Order,
    ) -> Result<String, feign::Error>;
}

fn main() {}
