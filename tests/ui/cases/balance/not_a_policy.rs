//! sources: picking:own-that-is-none

struct Fastest;

fn fastest() -> Fastest {
    Fastest
}

#[feign::client(balance = self::fastest)]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
