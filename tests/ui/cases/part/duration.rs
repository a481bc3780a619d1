//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[part] a: std::time::Duration) -> Result<String, feign::Error>;
}

fn main() {}
