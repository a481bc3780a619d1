//! sources: peers:all-at-once
//! mistakes: 5

#[feign::client]
trait Items {
    #[get("items/{sku}")]
    async fn item(&self, sku: &str) -> Result<String, feign::Error>;

    #[get("/items/{sku}")]
    async fn other(&self) -> Result<String, feign::Error>;

    #[post("/items")]
    async fn add(&self, order: String) -> Result<String, feign::Error>;

    #[get("/good")]
    async fn good(&self) -> Result<String, feign::Error>;

    #[delete("/items/{sku}")]
    #[timeout("0s")]
    async fn remove(&self, sku: &str);
}

async fn used(items: &ItemsClient) -> Result<String, feign::Error> {
    items.item("1").await?;
    items.good().await
}

fn main() {}
