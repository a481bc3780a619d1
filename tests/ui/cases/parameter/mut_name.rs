//! sources: issue:pattern-argument

#[feign::client]
trait Items {
    #[get("/items{?q}")]
    async fn item(&self, mut q: String) -> Result<String, feign::Error>;
}

fn main() {}
