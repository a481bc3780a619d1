//! sources: ours

#[feign::client]
trait Items {
    #[post("/items/{id}")]
    async fn item(&self, #[form] id: u32) -> Result<String, feign::Error>;
}

fn main() {}
