//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    #[none(204, 204)]
    async fn item(&self) -> Result<Option<String>, feign::Error>;
}

fn main() {}
