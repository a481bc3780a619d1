//! sources: ours

struct Item;

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<Item, feign::Error>;
}

fn main() {}
