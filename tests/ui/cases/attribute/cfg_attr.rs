//! sources: issue:cfg-attr-helper

#[feign::client]
trait Items {
    #[cfg_attr(all(), get("/items"))]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
