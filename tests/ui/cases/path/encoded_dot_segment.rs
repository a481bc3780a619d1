//! sources: ours

#[feign::client]
trait Items {
    #[get("/items/%2e%2E/things")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
