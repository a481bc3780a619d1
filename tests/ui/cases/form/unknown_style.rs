//! sources: issue:unknown-key

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[form(style = cvs)] a: &[u32]) -> Result<String, feign::Error>;
}

fn main() {}
