//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    #[tags(team = 3)]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
