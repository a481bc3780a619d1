//! sources: issue:reference-in-result

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, &'static str>;
}

fn main() {}
