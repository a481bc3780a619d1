//! sources: issue:variable-without-argument, microprofile:mismatched-name

#[feign::client(path = "/{tenant}")]
trait Items {
    #[get("/items")]
    async fn item(&self, #[path] tenant_id: u32) -> Result<String, feign::Error>;
}

fn main() {}
