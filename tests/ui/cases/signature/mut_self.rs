//! sources: issue:mut-self

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&mut self) -> Result<String, feign::Error>;
}

fn main() {}
