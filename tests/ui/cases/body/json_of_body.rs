//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[body(json)] order: feign::Body) -> Result<String, feign::Error>;
}

fn main() {}
