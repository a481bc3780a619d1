//! sources: ours

#[feign::client]
trait Items {
    #[get("/items{?q}")]
    async fn item(&self, q: &mut String) -> Result<String, feign::Error>;
}

fn main() {}
