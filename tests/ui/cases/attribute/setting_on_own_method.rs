//! sources: ours

#[feign::client]
trait Items {
    #[timeout("2s")]
    async fn item(&self) -> Result<String, feign::Error> {
        Ok(String::new())
    }

    #[get("/items")]
    async fn other(&self) -> Result<String, feign::Error>;
}

fn main() {}
