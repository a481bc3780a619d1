//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[form] a: &str, #[form("a")] b: &str) -> Result<String, feign::Error>;
}

fn main() {}
