//! sources: peers:path-argument-misnamed, microprofile:mismatched-name

#[feign::client]
trait Items {
    #[get("/items/{id}")]
    async fn item(&self, #[path] user_id: u32) -> Result<String, feign::Error>;
}

fn main() {}
