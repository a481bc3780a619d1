//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    #[query]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
