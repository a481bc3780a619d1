//! sources: issue:unknown-key

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(
        &self,
        #[query(name = "page-size")] page_size: u32,
    ) -> Result<String, feign::Error>;
}

fn main() {}
