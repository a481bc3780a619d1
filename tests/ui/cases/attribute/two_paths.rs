//! sources: ours

#[feign::client]
trait Items {
    #[get("/items", "/things")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
