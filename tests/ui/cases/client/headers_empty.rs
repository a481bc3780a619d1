//! sources: feign:headers-empty-on-type

#[feign::client]
#[headers()]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
