//! sources: issue:unknown-key

#[feign::client(colour = "blue")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
