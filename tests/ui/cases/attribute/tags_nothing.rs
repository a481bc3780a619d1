//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    #[tags]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
