//! sources: issue:duplicate-header, microprofile:same-header-twice-on-method

#[feign::client]
trait Items {
    #[get("/items")]
    #[headers("x-day: 1", "X-Day: 2")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
