//! sources: issue:not-result

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Option<String>;
}

fn main() {}
