//! sources: ours

#[feign::client]
trait Items {
    #[request("TRACE", "/items")]
    async fn item(&self, #[form] a: &str) -> Result<String, feign::Error>;
}

fn main() {}
