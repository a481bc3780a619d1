//! sources: picking:hash-key-without-text

#[derive(serde::Serialize)]
struct User {
    id: u32,
}

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(
        &self,
        #[hash_key]
        #[query(flatten)]
        user: &User,
    ) -> Result<String, feign::Error>;
}

fn main() {}
