//! sources: issue:std-duration

#[feign::client]
trait Items {
    #[get("/items/{age}")]
    async fn item(&self, age: std::time::Duration) -> Result<String, feign::Error>;
}

fn main() {}
