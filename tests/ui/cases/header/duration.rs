//! sources: issue:std-duration

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[header] x_age: std::time::Duration) -> Result<String, feign::Error>;
}

fn main() {}
