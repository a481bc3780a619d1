//! sources: ours

struct Order;

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[form(flatten)] order: &Order) -> Result<String, feign::Error>;
}

fn main() {}
