//! sources: ours

#[feign::client]
unsafe trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
