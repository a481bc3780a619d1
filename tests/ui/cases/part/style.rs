//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[part(style = csv)] a: &[u32]) -> Result<String, feign::Error>;
}

fn main() {}
