//! sources: issue:unknown-key

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[query(flaten)] filter: &str) -> Result<String, feign::Error>;
}

fn main() {}
