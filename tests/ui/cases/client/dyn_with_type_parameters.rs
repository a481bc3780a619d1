//! sources: issue:dyn-with-type-parameters

#[feign::client(dyn)]
trait Items {
    #[get("/items/{sku}")]
    async fn item<T: feign::PathParam + Send + Sync>(
        &self,
        sku: &T,
    ) -> Result<String, feign::Error>;
}

fn main() {}
