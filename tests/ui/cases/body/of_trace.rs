//! sources: issue:body-on-get

#[feign::client]
trait Items {
    #[request("TRACE", "/items")]
    async fn item(&self, #[body] order: String) -> Result<String, feign::Error>;
}

fn main() {}
