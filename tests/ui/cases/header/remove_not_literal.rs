//! sources: ours

const NAME: &str = "x-day";

#[feign::client]
trait Items {
    #[get("/items")]
    #[headers(remove(NAME))]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
