//! sources: issue:not-async, peers:not-async

#[feign::client]
trait Items {
    #[get("/items")]
    fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
