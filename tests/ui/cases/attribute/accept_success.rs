//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    #[accept(204)]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
