//! sources: retrofit:headerMapMustBeAMapOrHeaders, refit:RF005, feign:map-must-be-map

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[headers] extra: &[String]) -> Result<String, feign::Error>;
}

fn main() {}
