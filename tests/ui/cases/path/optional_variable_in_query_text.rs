//! sources: issue:option-in-path

#[feign::client]
trait Items {
    #[get("/items?tag={tag}")]
    async fn item(&self, tag: Option<&str>) -> Result<String, feign::Error>;
}

fn main() {}
