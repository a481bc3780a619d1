//! sources: issue:not-result, peers:not-result

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self);
}

fn main() {}
