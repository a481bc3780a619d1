//! sources: ours

const NAME: &str = "q";

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[query(NAME)] q: &str) -> Result<String, feign::Error>;
}

fn main() {}
