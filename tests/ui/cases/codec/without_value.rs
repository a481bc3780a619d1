//! sources: ours

#[feign::client(codec)]
trait Items {
    #[post("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
