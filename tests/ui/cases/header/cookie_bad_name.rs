//! sources: issue:bad-header-name

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[cookie("my session")] session: &str) -> Result<String, feign::Error>;
}

fn main() {}
