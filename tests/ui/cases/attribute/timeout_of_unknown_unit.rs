//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    #[timeout("2 fortnights")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
