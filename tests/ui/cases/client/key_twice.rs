//! sources: ours

#[feign::client(service = "items", service = "things")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
