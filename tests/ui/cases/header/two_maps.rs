//! sources: refit:RF008, feign:header-map-twice

use feign::HeaderMap;

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(
        &self,
        #[headers] a: &HeaderMap,
        #[headers] b: &HeaderMap,
    ) -> Result<String, feign::Error>;
}

fn main() {}
