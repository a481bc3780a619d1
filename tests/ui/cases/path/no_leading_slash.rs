//! sources: issue:no-leading-slash, peers:path-without-slash

#[feign::client]
trait Items {
    #[get("items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
