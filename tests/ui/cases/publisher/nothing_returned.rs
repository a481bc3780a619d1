//! sources: ours

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[body] event: &str);
}

fn main() {}
