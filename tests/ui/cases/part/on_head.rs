//! sources: ours

#[feign::client]
trait Items {
    #[head("/items")]
    async fn item(&self, #[part] a: &str) -> Result<(), feign::Error>;
}

fn main() {}
