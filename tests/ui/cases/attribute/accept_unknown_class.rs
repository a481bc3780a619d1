//! sources: issue:status-out-of-range

#[feign::client]
trait Items {
    #[get("/items")]
    #[accept(7xx)]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
