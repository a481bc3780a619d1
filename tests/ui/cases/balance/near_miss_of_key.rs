//! sources: issue:unknown-key

#[feign::client(balanse = ewma)]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
