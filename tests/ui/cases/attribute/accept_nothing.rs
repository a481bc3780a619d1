//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    #[accept()]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
