//! sources: issue:duplicate-header, microprofile:same-header-twice-on-interface

#[feign::client]
#[headers("x-day: 1", "X-Day: 2")]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
