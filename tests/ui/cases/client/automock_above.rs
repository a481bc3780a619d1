//! sources: issue:automock-above
//! among others: write `#[automock]` below it

#[mockall::automock]
#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
