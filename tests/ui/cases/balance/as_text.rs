//! sources: ours

#[feign::client(balance = "round-robin")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
