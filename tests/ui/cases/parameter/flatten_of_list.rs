//! sources: retrofit:queryMapMustBeAMap, feign:map-must-be-map

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[query(flatten)] tags: &[String]) -> Result<String, feign::Error>;
}

fn main() {}
