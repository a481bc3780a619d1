//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<Option<feign::Response<String>>, feign::Error>;
}

fn main() {}
