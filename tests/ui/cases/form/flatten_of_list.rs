//! sources: retrofit:fieldMapMustBeAMap

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[form(flatten)] a: &Vec<String>) -> Result<String, feign::Error>;
}

fn main() {}
