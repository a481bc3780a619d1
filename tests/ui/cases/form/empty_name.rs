//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[form("")] a: &str) -> Result<String, feign::Error>;
}

fn main() {}
