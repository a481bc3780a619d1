//! sources: ours

#[feign::client]
#[timeout("1s")]
#[timeout("2s")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
