//! sources: picking:hash-key-without-text

struct User;

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[hash_key(display)] user: &User) -> Result<String, feign::Error>;
}

fn main() {}
