//! sources: ours

#[feign::client(log = 3)]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
