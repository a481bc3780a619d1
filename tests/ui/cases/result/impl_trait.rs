//! sources: issue:impl-trait-result

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<impl Iterator<Item = String>, feign::Error>;
}

fn main() {}
