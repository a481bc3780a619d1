//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[part(file_name = "a.txt")] a: Vec<u8>) -> Result<String, feign::Error>;
}

fn main() {}
