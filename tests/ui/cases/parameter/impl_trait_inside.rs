//! sources: issue:impl-trait-argument

#[feign::client]
trait Items {
    #[get("/items{?skus*}")]
    async fn item(&self, skus: &[impl std::fmt::Display]) -> Result<String, feign::Error>;
}

fn main() {}
