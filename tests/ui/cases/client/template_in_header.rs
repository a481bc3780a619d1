//! sources: microprofile:several-values-with-compute-on-interface

#[feign::client]
#[headers("authorization: Bearer {token}")]
trait Items {
    #[get("/items")]
    async fn item(&self, #[query] token: &str) -> Result<String, feign::Error>;
}

fn main() {}
