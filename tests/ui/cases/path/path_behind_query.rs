//! sources: ours

#[feign::client]
trait Items {
    #[get("/items{?q}/all")]
    async fn item(&self, q: &str) -> Result<String, feign::Error>;
}

fn main() {}
