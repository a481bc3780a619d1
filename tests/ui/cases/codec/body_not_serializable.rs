//! sources: ours

struct Order;

#[feign::client(codec = feign::codec::JsonCodec)]
trait Items {
    #[post("/items")]
    async fn item(&self, #[body] order: &Order) -> Result<String, feign::Error>;
}

fn main() {}
