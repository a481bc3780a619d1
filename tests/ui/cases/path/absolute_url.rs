//! sources: issue:no-leading-slash, retrofit:malformedAnnotationRelativeUrlThrows

#[feign::client]
trait Items {
    #[get("ftp://example.org")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
