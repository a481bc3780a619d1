//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[body(allow)] order: String) -> Result<String, feign::Error>;
}

fn main() {}
