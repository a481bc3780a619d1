//! sources: issue:reserved-method-name

#[feign::client]
trait Items {
    #[get("/items{?part}")]
    async fn with(&self, part: &str) -> Result<String, feign::Error>;
}

fn main() {}
