//! sources: ours

#[feign::client]
trait Items {
    #[get("/items/{id:[0-9]+}")]
    async fn item(&self, id: u32) -> Result<String, feign::Error>;
}

fn main() {}
