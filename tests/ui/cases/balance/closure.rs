//! sources: ours

#[feign::client(balance = || feign::balance::ewma())]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
