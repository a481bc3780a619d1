//! sources: issue:colliding-constants

#[feign::client]
trait Items {
    const ITEM: u32 = 1;

    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
