//! sources: ours

#[feign::client]
trait Items {
    #[part("a")]
    #[post("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
