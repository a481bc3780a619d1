//! sources: issue:non-literal-path, refit:RF001

const ITEMS: &str = "/items";

#[feign::client]
trait Items {
    #[get(ITEMS)]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
