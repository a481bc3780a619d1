//! sources: issue:unknown-key

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[body(form)] order: String) -> Result<String, feign::Error>;
}

fn main() {}
