//! sources: ours

#[feign::client]
trait Items {
    #[codec(String)]
    #[post("/items")]
    async fn item(&self) -> Result<u32, feign::Error>;
}

fn main() {}
