//! sources: ours

#[feign::client(log = basic, log = body)]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
