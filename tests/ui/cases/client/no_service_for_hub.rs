//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn items(hub: &feign::Hub) -> ItemsClient {
    hub.client()
}

fn main() {
    let _ = items;
}
