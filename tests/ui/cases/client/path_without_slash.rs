//! sources: issue:no-leading-slash

#[feign::client(path = "api")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
