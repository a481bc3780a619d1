//! sources: feign:param-empty

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[query("")] q: &str) -> Result<String, feign::Error>;
}

fn main() {}
