//! sources: issue:const-without-value

#[feign::client]
trait Items {
    const LIMIT: u32;

    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
