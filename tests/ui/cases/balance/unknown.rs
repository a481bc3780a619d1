//! sources: picking:unknown-policy

#[feign::client(balance = fastest)]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
