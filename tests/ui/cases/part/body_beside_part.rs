//! sources: retrofit:bodyInNonBodyRequest, refit:RF012

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[part("one")] o1: &str, #[body] o2: &str) -> Result<String, feign::Error>;
}

fn main() {}
