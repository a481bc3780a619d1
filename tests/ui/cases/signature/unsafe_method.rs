//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    async unsafe fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
