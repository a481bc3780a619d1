//! sources: ours

struct Order;

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[body(form)] order: &Order) -> Result<String, feign::Error>;
}

fn main() {}
