//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    #[none]
    async fn item(&self) -> Result<Option<String>, feign::Error>;
}

fn main() {}
