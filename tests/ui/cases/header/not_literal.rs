//! sources: ours

const DAY: &str = "x-day: 1";

#[feign::client]
trait Items {
    #[get("/items")]
    #[headers(DAY)]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
