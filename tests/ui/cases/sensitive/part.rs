//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[sensitive] #[part] file: &str) -> Result<String, feign::Error>;
}

fn main() {}
