//! sources: issue:unknown-key

#[feign::client]
trait Items {
    #[get("/items")]
    #[accept(an)]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
