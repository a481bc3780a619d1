//! sources: ours

#[feign::client(log = everything)]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
