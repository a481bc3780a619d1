//! sources: issue:bad-header-name

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[header("x day")] day: &str) -> Result<String, feign::Error>;
}

fn main() {}
