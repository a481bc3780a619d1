//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    #[headers("transfer-encoding: chunked")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
