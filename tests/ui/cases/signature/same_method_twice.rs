//! sources: issue:colliding-constants

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;

    #[get("/things")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
