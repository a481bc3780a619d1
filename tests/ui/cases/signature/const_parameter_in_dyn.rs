//! sources: issue:dyn-with-type-parameters

#[feign::client(dyn)]
trait Items {
    #[get("/items{?page*}")]
    async fn item<const N: usize>(&self, page: &[u32; N]) -> Result<String, feign::Error>;
}

fn main() {}
