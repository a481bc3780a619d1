//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[body(form)] a: u32) -> Result<String, feign::Error>;
}

fn main() {}
