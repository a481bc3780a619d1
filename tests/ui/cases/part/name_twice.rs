//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[part] a: &str, #[part("a")] file: feign::Part) -> Result<String, feign::Error>;
}

fn main() {}
