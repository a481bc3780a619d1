//! sources: ours

#[feign::client]
#[codec(feign::codec::JsonCodec)]
trait Items {
    #[post("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
