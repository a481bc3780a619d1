//! sources: issue:two-verbs

#[feign::client]
trait Items {
    #[get("/items")]
    #[get("/things")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
