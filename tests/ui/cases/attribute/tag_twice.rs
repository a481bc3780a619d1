//! sources: retrofit:tagDuplicateFails, retrofit:tagGenericDuplicateFails

#[feign::client]
trait Items {
    #[get("/items")]
    #[tags(team = "inventory", team = "orders")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
