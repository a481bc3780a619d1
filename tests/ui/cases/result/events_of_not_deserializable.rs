//! sources: ours

struct Item;

#[feign::client]
trait Items {
    #[get("/items")]
    async fn items(&self) -> Result<feign::Events<Item>, feign::Error>;
}

fn main() {}
