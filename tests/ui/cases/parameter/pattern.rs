//! sources: issue:pattern-argument

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[query] (low, high): (u32, u32)) -> Result<String, feign::Error>;
}

fn main() {}
