//! sources: microprofile:several-values-with-compute-on-method

#[feign::client]
trait Items {
    #[get("/items")]
    #[headers("authorization: Bearer {token}")]
    async fn item(&self, #[query] token: &str) -> Result<String, feign::Error>;
}

fn main() {}
