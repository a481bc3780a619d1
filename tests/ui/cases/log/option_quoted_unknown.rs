//! sources: ours

#[feign::client(log = "full")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
