//! sources: issue:reference-in-result

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<Vec<&'static str>, feign::Error>;
}

fn main() {}
