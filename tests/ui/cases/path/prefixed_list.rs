//! sources: issue:list-in-path

#[feign::client]
trait Items {
    #[get("/items{?skus:3}")]
    async fn item(&self, skus: Vec<String>) -> Result<String, feign::Error>;
}

fn main() {}
