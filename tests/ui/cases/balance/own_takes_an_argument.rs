//! sources: picking:own-that-is-none
//! in rustc's own words: E0061

fn nth(_index: usize) -> feign::balance::RoundRobin {
    feign::balance::round_robin()
}

#[feign::client(balance = self::nth)]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
