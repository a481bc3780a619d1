//! sources: retrofit:headWithoutVoidThrows

#[feign::client]
trait Items {
    #[head("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
