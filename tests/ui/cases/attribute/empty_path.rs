//! sources: issue:no-leading-slash, feign:request-line-empty

#[feign::client]
trait Items {
    #[get("")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
