//! sources: ours

#[feign::client]
trait Items {
    #[codec(feign::codec::JsonCodec)]
    #[codec(feign::codec::JsonCodec)]
    #[post("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
