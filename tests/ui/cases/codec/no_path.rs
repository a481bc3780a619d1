//! sources: ours

#[feign::client]
trait Items {
    #[codec("MsgPack")]
    #[post("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
