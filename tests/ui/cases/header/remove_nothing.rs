//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    #[headers(remove())]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
