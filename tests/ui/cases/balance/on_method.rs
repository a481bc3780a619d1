//! sources: issue:near-miss

#[feign::client]
trait Items {
    #[get("/items")]
    #[balance(ewma)]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
