//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    #[timeout("2s")]
    #[timeout("3s")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
