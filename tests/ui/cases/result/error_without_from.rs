//! sources: issue:error-without-from

#[derive(Debug)]
struct Failed;

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, Failed>;
}

fn main() {}
