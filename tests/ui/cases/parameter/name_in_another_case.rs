//! sources: issue:variable-without-argument, microprofile:mismatched-name

#[feign::client]
trait Items {
    #[get("/items{?pageSize}")]
    async fn item(&self, page_size: u32) -> Result<String, feign::Error>;
}

fn main() {}
