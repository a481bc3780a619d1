//! sources: ours

#[feign::client]
#[compress(none)]
trait Items {
    #[post("/items")]
    async fn item(&self, #[body] a: &str) -> Result<String, feign::Error>;
}

fn main() {}
