//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    #[log(basic)]
    #[log(body)]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
