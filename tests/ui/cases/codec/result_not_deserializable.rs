//! sources: ours

struct Order;

#[feign::client(codec = feign::codec::JsonCodec)]
trait Items {
    #[post("/items")]
    async fn item(&self) -> Result<Order, feign::Error>;
}

fn main() {}
