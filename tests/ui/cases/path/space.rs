//! sources: issue:raw-space

#[feign::client]
trait Items {
    #[get("/all items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
