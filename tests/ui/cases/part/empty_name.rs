//! sources: retrofit:multipartRequiresName

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[part("")] a: feign::Part) -> Result<String, feign::Error>;
}

fn main() {}
