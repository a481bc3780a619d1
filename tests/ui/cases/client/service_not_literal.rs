//! sources: ours

const NAME: &str = "items";

#[feign::client(service = NAME)]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
