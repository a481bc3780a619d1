//! sources: retrofit:formEncodingFailsOnNonBodyMethod

#[derive(serde::Serialize)]
struct Order {
    sku: String,
}

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[body(form)] order: &Order) -> Result<String, feign::Error>;
}

fn main() {}
