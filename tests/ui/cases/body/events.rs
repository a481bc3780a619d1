//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn import(&self, #[body] events: feign::Events) -> Result<(), feign::Error>;
}

fn main() {}
