//! sources: issue:by-value-self

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(self: std::sync::Arc<Self>) -> Result<String, feign::Error>;
}

fn main() {}
