//! sources: issue:non-literal-path

const API: &str = "/api";

#[feign::client(path = API)]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
