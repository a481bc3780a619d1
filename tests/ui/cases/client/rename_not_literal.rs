//! sources: ours

#[feign::client(rename_all = camelCase)]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
