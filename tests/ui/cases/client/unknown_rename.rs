//! sources: issue:unknown-key

#[feign::client(rename_all = "camelcase")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
