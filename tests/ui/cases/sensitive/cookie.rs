//! sources: ours

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(&self, #[sensitive] #[cookie] sid: &str) -> Result<String, feign::Error>;
}

fn main() {}
