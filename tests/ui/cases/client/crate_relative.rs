//! sources: ours

#[feign::client(crate = feign)]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
