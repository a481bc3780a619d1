//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[sensitive(header)] #[header("x-key")] key: &str) -> Result<String, feign::Error>;
}

fn main() {}
