//! sources: ours

#[feign::client]
trait Items {
    #[get("/items/100%")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
