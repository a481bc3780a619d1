//! sources: ours

#[feign::client]
trait Items {
    #[get("/items")]
    const fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
