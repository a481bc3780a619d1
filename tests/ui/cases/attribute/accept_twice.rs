//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    #[accept(409, 409)]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
