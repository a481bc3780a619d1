//! sources: ours
//! mistakes: 3

#[feign::client]
trait Items {
    #[codec(feign::codec::JsonCodec)]
    #[delete("/items/{id}")]
    async fn remove(&self, id: u32) -> Result<(), feign::Error>;
    #[codec(feign::codec::JsonCodec)]
    #[post("/items/{id}/orders")]
    async fn order(&self, id: u32) -> Result<feign::Response<()>, feign::Error>;
    #[codec(feign::codec::JsonCodec)]
    #[head("/items/{id}")]
    async fn peek(&self, id: u32) -> Result<Option<()>, feign::Error>;
    #[codec(feign::codec::JsonCodec)]
    #[post("/items")]
    async fn add(&self, #[body] id: u32) -> Result<(), feign::Error>;
}

fn main() {}
