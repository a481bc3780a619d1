//! sources: ours

#[feign::client]
trait Items {
    #[get("/items{?tags}")]
    async fn item(&self, #[query(style = pipes)] tags: &[String]) -> Result<String, feign::Error>;
}

fn main() {}
