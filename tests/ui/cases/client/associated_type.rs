//! sources: issue:const-without-value

#[feign::client]
trait Items {
    type Item;

    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
