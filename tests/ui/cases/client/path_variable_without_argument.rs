//! sources: issue:variable-without-argument, microprofile:template-on-type-without-argument

#[feign::client(path = "/{tenant}")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
