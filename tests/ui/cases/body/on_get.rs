//! sources: issue:body-on-get, retrofit:nonBodyHttpMethodWithSingleEntity

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[body] filter: String) -> Result<String, feign::Error>;
}

fn main() {}
