//! sources: issue:unknown-key

#[feign::client]
trait Items {
    #[get("/items")]
    #[none(nul)]
    async fn item(&self) -> Result<Option<String>, feign::Error>;
}

fn main() {}
