//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    async extern "C" fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
