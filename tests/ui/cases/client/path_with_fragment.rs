//! sources: issue:fragment

#[feign::client(path = "/api#v1")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
