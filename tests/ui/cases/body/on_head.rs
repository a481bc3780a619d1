//! sources: issue:body-on-head

#[feign::client]
trait Items {
    #[head("/items")]
    async fn item(&self, #[body] filter: String) -> Result<(), feign::Error>;
}

fn main() {}
