//! sources: ours

struct Item;

#[feign::client]
trait Items {
    #[post("/items")]
    async fn import(&self, #[body] items: feign::Ndjson<Item>) -> Result<(), feign::Error>;
}

fn main() {}
