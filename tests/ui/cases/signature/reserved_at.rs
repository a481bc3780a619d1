//! sources: issue:reserved-method-name

#[feign::client]
trait Items {
    #[get("/items/{time}")]
    async fn at(&self, time: u64) -> Result<String, feign::Error>;
}

fn main() {}
