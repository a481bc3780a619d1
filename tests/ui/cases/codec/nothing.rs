//! sources: ours

#[feign::client]
trait Items {
    #[codec]
    #[post("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
