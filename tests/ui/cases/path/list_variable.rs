//! sources: issue:list-in-path

#[feign::client]
trait Items {
    #[get("/items/{skus}")]
    async fn item(&self, skus: &[String]) -> Result<String, feign::Error>;
}

fn main() {}
