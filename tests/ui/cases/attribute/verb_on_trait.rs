//! sources: ours

#[feign::client]
#[get("/api")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
