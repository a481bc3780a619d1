//! sources: ours

#[feign::client]
trait Items {
    #[get("/items//all")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
