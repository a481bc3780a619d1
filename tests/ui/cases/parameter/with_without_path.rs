//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[query(with)] q: &str) -> Result<String, feign::Error>;
}

fn main() {}
